#include "ui/shell/statusbar.h"

#include "ui/shell/workspace.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QDateTime>
#include <QHBoxLayout>

namespace leeway::ui {

StatusBar::StatusBar(Workspace& workspace, QWidget* parent)
    : QFrame(parent),
      m_workspace(workspace),
      m_left(new ElidedLabel),
      m_right(label({}))
{
    const Theme& theme = Theme::instance();
    setObjectName(u"StatusBar"_s);
    setFixedHeight(theme.px(26));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(theme.px(18), 0, theme.px(18), 0);
    layout->addWidget(m_left, 1);
    layout->addWidget(m_right);
    connect(&workspace, &Workspace::changed, this, &StatusBar::refresh);
    connect(&workspace, &Workspace::projectChanged, this, &StatusBar::refresh);
    refresh();
}

void StatusBar::refresh()
{
    if (!m_workspace.isOpen()) {
        m_left->setText(tr("Offline: nothing leaves this machine."));
        m_right->setText(tr("pack %1 %2").arg(str(m_workspace.pack().id), str(m_workspace.pack().version)));
        return;
    }
    const project::Snapshot& snapshot = m_workspace.snapshot();
    QStringList parts;
    if (m_workspace.isReadOnly())
        parts << tr("read-only");
    else if (!snapshot.audit.empty()) {
        const auto saved =
            QDateTime::fromMSecsSinceEpoch(snapshot.audit.back().time.time_since_epoch().count());
        const bool today = saved.date() == QDate::currentDate();
        parts << tr("Saved %1").arg(saved.toString(today ? u"HH:mm"_s : u"d MMM yyyy"_s));
    }
    parts << tr("offline") << counted(qsizetype(snapshot.contracts.size()), tr("contract"), tr("contracts"))
          << str(snapshot.settings.currency);
    m_left->setText(parts.join(u" · "_s));
    m_right->setText(
        tr("Index %1 · pack %2").arg(str(scoring::formula_version), str(m_workspace.model().pack)));
}

}
