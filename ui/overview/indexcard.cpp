#include "ui/overview/indexcard.h"

#include "core/report/format.h"
#include "ui/widgets/figures.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QGridLayout>

namespace leeway::ui {

IndexCard::IndexCard(QWidget* parent)
    : Card(tr("Lock-in index"), parent),
      m_value(new FigureLabel(54, QFont::Bold)),
      m_range(label({}, "muted")),
      m_word(label({}, "muted")),
      m_parts(new QGridLayout)
{
    const Theme& theme = Theme::instance();
    auto* row = new QHBoxLayout;
    row->setSpacing(theme.px(14));
    row->addWidget(m_value);
    auto* words = new QVBoxLayout;
    words->setSpacing(theme.px(2));
    words->addStretch();
    words->addWidget(m_range);
    words->addWidget(m_word);
    words->addStretch();
    row->addLayout(words, 1);
    m_value->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    body()->setSpacing(theme.px(4));
    body()->addLayout(row);
    m_parts->setHorizontalSpacing(theme.px(14));
    m_parts->setVerticalSpacing(theme.px(6));
    m_parts->setColumnStretch(1, 1);
    body()->addLayout(m_parts);
    body()->addStretch(1);
    setToolTip(tr("0 is free to leave, 100 is locked in. The range is what open checks may still change."));
}

void IndexCard::show(const report::ContractPart& part)
{
    clearLayout(m_parts);
    if (!part.has_index()) {
        m_value->setText(u"—"_s);
        m_value->setColor(u"muted"_s);
        m_value->setAccessibleName(tr("No lock-in index"));
        m_range->setText(tr("no index"));
        m_word->setText(str(part.no_index_reason()));
        return;
    }
    const scoring::Index& index = part.index;
    const auto tone = [](scoring::Tenths value) { return verdictKey(report::tone(value)); };
    m_value->setText(points(index.value));
    m_value->setColor(tone(index.value));
    m_value->setAccessibleName(tr("Lock-in index %1 of 100").arg(points(index.value)));
    m_range->setText(index.low == index.high ? tr("of 100") : tr("of 100 · %1").arg(range(index)));
    m_word->setText(str(report::standing(index.value)));
    int line = 0;
    for (const auto& category : index.categories) {
        auto* name = label(str(category.category));
        auto* bar = new ShareBar;
        bar->setShare(category.value / 1000.0, tone(category.value));
        auto* value = new FigureLabel;
        value->setAlignment(Qt::AlignRight);
        value->setText(points(category.value));
        value->setAccessibleName(tr("%1: %2 of 100").arg(str(category.category), points(category.value)));
        m_parts->addWidget(name, line, 0);
        m_parts->addWidget(bar, line, 1);
        m_parts->addWidget(value, line, 2);
        ++line;
    }
}

}
