#include "ui/shell/commandpalette.h"

#include "ui/shell/commandmodel.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QVBoxLayout>

namespace leeway::ui {

CommandPalette::CommandPalette(QWidget* parent)
    : QDialog(parent, Qt::Popup | Qt::FramelessWindowHint),
      m_model(new CommandModel(this)),
      m_field(new QLineEdit),
      m_list(new QListView)
{
    const Theme& theme = Theme::instance();
    setObjectName(u"CommandPalette"_s);
    setAttribute(Qt::WA_TranslucentBackground);
    setAccessibleName(tr("Search or run a command"));
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto* box = new QFrame;
    box->setObjectName(u"SearchBox"_s);
    outer->addWidget(box);
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(theme.px(8), theme.px(6), theme.px(8), theme.px(8));
    layout->setSpacing(theme.px(6));
    m_field->setPlaceholderText(tr("A check, a contract, a page, a command"));
    m_field->setAccessibleName(tr("Search"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new CommandDelegate(m_list));
    m_list->setProperty("bare", true);
    m_list->setUniformItemSizes(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setAccessibleName(tr("Results"));
    layout->addWidget(m_field);
    layout->addWidget(horizontalRule());
    layout->addWidget(m_list);
    m_field->installEventFilter(this);
    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(m_field, &QLineEdit::returnPressed, this, &CommandPalette::runCurrent);
    connect(m_list, &QListView::clicked, this, &CommandPalette::runCurrent);
}

void CommandPalette::open(std::vector<Command> commands)
{
    m_model->setCommands(std::move(commands));
    m_field->clear();
    filter({});
    const QWidget* window = parentWidget();
    const int width = std::min(Theme::instance().px(640), window->width() - Theme::instance().px(64));
    const int height = std::min(Theme::instance().px(460), window->height() - Theme::instance().px(128));
    resize(width, height);
    move(window->mapToGlobal(QPoint((window->width() - width) / 2, Theme::instance().px(64))));
    show();
    m_field->setFocus();
}

void CommandPalette::filter(const QString& typed)
{
    m_model->filter(typed);
    if (m_model->rowCount() > 0)
        m_list->setCurrentIndex(m_model->index(0));
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_field || event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const int rows = m_model->rowCount();
    int step = 0;
    switch (key->key()) {
    case Qt::Key_Down:
        step = 1;
        break;
    case Qt::Key_Up:
        step = -1;
        break;
    case Qt::Key_PageDown:
        step = 8;
        break;
    case Qt::Key_PageUp:
        step = -8;
        break;
    default:
        return QDialog::eventFilter(watched, event);
    }
    if (rows > 0)
        m_list->setCurrentIndex(m_model->index(std::clamp(m_list->currentIndex().row() + step, 0, rows - 1)));
    return true;
}

void CommandPalette::runCurrent()
{
    const QModelIndex current = m_list->currentIndex();
    if (!current.isValid())
        return;
    const auto run = m_model->command(current.row()).run; // a copy: running may fill the model anew
    close();
    run();
}

}
