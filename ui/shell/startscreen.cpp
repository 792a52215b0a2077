#include "ui/shell/startscreen.h"

#include "ui/shell/topbar.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QLocale>

namespace leeway::ui {

StartScreen::StartScreen(QAction* create, QAction* open, QAction* sample, QWidget* parent)
    : QWidget(parent),
      m_recentBox(new QWidget),
      m_recent(new QVBoxLayout(m_recentBox))
{
    const Theme& theme = Theme::instance();
    setObjectName(u"Desk"_s);
    auto* outer = new QHBoxLayout(this);
    auto* column = new QVBoxLayout;
    outer->addStretch(1);
    outer->addLayout(column);
    outer->addStretch(1);

    auto* card = new Card;
    card->setFixedWidth(theme.px(560));
    card->body()->setContentsMargins(theme.px(40), theme.px(36), theme.px(40), theme.px(36));
    card->body()->setSpacing(theme.px(10));
    QLabel* name = label(tr("Leeway"), "figure");
    card->body()->addWidget(name);
    card->body()->addWidget(
        paragraph(tr("Know how free you are to leave, before you sign. Add a vendor's contract, see "
                     "which protections are there, weak, absent or reversed, and what they cost."),
                  "muted"));
    card->body()->addSpacing(theme.px(12));
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(theme.px(10));
    buttons->addWidget(actionButton(create, true));
    buttons->addWidget(actionButton(open, false));
    buttons->addWidget(actionButton(sample, false));
    buttons->addStretch();
    card->body()->addLayout(buttons);
    card->body()->addWidget(paragraph(
        tr("Or drop a contract or a .leeway file anywhere in this window. Everything stays on this machine."),
        "small"));
    m_recent->setContentsMargins(0, theme.px(16), 0, 0);
    m_recent->setSpacing(theme.px(4));
    card->body()->addWidget(m_recentBox);
    column->addStretch(2);
    column->addWidget(card);
    column->addStretch(3);
}

void StartScreen::setRecent(const QStringList& files)
{
    clearLayout(m_recent);
    m_recentBox->setVisible(!files.isEmpty());
    if (files.isEmpty())
        return;
    m_recent->addWidget(label(tr("Recent projects"), "heading"));
    for (const QString& file : files) {
        const QFileInfo info(file);
        auto* row = new QWidget;
        auto* layout = new QHBoxLayout(row);
        layout->setContentsMargins(0, 0, 0, 0);
        QPushButton* link = linkButton(info.completeBaseName().replace(u'&', u"&&"_s));
        link->setToolTip(QDir::toNativeSeparators(file));
        connect(link, &QPushButton::clicked, this, [this, file] { Q_EMIT openWanted(file); });
        layout->addWidget(link);
        auto* folder = new ElidedLabel(QDir::toNativeSeparators(info.absolutePath()), Qt::ElideMiddle);
        folder->setProperty("role", u"small"_s);
        layout->addWidget(folder, 1);
        layout->addWidget(
            label(QLocale(QLocale::English).toString(info.lastModified().date(), u"d MMM yyyy"_s), "small"));
        m_recent->addWidget(row);
    }
}

}
