#include "ui/contracts/reviewheader.h"

#include "core/report/format.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QHBoxLayout>
#include <QMenu>

namespace leeway::ui {

ReviewHeader::ReviewHeader(QWidget* parent)
    : QFrame(parent),
      m_value(label({}, "figure")),
      m_title(label(tr("Lock-in index"), "heading")),
      m_range(new ElidedLabel),
      m_bar(new ShareBar),
      m_reviewed(label({}, "small")),
      m_filter(new QPushButton),
      m_menu(new QMenu(this))
{
    const Theme& theme = Theme::instance();
    setProperty("panel", true);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(theme.px(16), theme.px(10), theme.px(16), theme.px(10));
    layout->setSpacing(theme.px(14));
    layout->addWidget(m_value);
    auto* middle = new QVBoxLayout;
    middle->setSpacing(theme.px(3));
    auto* line = new QHBoxLayout;
    line->setSpacing(theme.px(6));
    m_range->setProperty("role", u"muted"_s);
    line->addWidget(m_title);
    line->addWidget(m_range, 1);
    middle->addStretch();
    middle->addLayout(line);
    middle->addWidget(m_bar);
    middle->addWidget(m_reviewed);
    middle->addStretch();
    layout->addLayout(middle, 1);
    m_filter->setIcon(Theme::icon(u"filter"_s, u"muted"_s));
    m_filter->setMenu(m_menu);
    m_filter->setObjectName(u"Filter"_s);
    layout->addWidget(m_filter);
    setFilterName({}, false);
}

void ReviewHeader::show(const report::ContractPart& part)
{
    const scoring::Index& index = part.index;
    if (part.has_index()) {
        m_value->setText(points(index.value));
        m_value->setAccessibleName(tr("Lock-in index %1 of 100").arg(points(index.value)));
        setLook(m_value, "tone", verdictKey(report::tone(index.value)));
        m_range->setText(index.reviewed == index.checks ? tr("all reviewed")
                                                        : tr("%1 until all is reviewed").arg(range(index)));
    } else {
        m_value->setText(u"—"_s);
        m_value->setAccessibleName(tr("No lock-in index"));
        setLook(m_value, "tone", u"muted"_s);
        m_range->setText(tr("none: not read"));
    }
    m_range->setToolTip(str(part.no_index_reason()));
    m_bar->setShare(index.checks > 0 ? double(index.reviewed) / index.checks : 0, u"accent"_s);
    m_reviewed->setText(tr("%1 of %2 reviewed").arg(index.reviewed).arg(index.checks));
}

void ReviewHeader::setFilterName(const QString& name, bool active)
{
    m_filter->setText(active ? name : tr("Filter"));
    m_filter->setAccessibleName(active ? tr("Filter: %1").arg(name) : tr("Filter"));
    m_filter->setIcon(Theme::icon(u"filter"_s, active ? u"accent"_s : u"muted"_s));
}

}
