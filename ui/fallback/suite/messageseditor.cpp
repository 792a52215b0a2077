#include "ui/fallback/suite/messageseditor.h"

#include "ui/widgets/parts.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <algorithm>

namespace leeway::ui {

namespace {

int px(double value)
{
    return Theme::instance().px(value);
}

}

MessagesEditor::MessagesEditor(QWidget* parent) : QWidget(parent), m_rows(new QVBoxLayout)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(px(6));
    m_rows->setSpacing(px(6));
    layout->addLayout(m_rows);
    auto* add = linkButton(tr("+ Message"));
    layout->addWidget(add, 0, Qt::AlignLeft);
    connect(add, &QPushButton::clicked, this, [this] {
        addRow({"user", ""});
        Q_EMIT edited();
    });
}

void MessagesEditor::setMessages(const std::vector<fallback::Message>& messages)
{
    clearLayout(m_rows);
    m_shown.clear();
    for (const fallback::Message& message : messages)
        addRow(message);
}

std::vector<fallback::Message> MessagesEditor::messages() const
{
    std::vector<fallback::Message> messages;
    for (const Row& row : m_shown)
        messages.push_back({utf8(row.role->currentData().toString()), utf8(row.text->toPlainText())});
    return messages;
}

void MessagesEditor::complain(int message, const QString& text)
{
    if (message >= int(m_shown.size()))
        return;
    QLabel* complaint = m_shown[std::size_t(message)].complaint;
    complaint->setText(text);
    complaint->show();
}

void MessagesEditor::clearComplaints()
{
    for (const Row& row : m_shown)
        row.complaint->hide();
}

void MessagesEditor::addRow(const fallback::Message& message)
{
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(px(2));
    auto* head = new QHBoxLayout;
    Row row;
    row.role = new QComboBox;
    row.role->addItem(tr("User asks"), u"user"_s);
    row.role->addItem(tr("System says"), u"system"_s);
    row.role->addItem(tr("Developer says"), u"developer"_s);
    row.role->addItem(tr("Model said"), u"assistant"_s);
    row.role->setCurrentIndex(row.role->findData(str(message.role)));
    row.role->setAccessibleName(tr("Who speaks"));
    auto* remove = iconButton(u"close"_s, tr("Remove this message"));
    head->addWidget(row.role);
    head->addStretch();
    head->addWidget(remove);
    row.text = new QPlainTextEdit(str(message.content));
    row.text->setObjectName(u"message"_s);
    row.text->setAccessibleName(tr("Message"));
    row.text->setTabChangesFocus(true);
    row.text->setFixedHeight(px(96));
    row.complaint = paragraph({});
    row.complaint->setProperty("tone", u"adverse"_s);
    row.complaint->hide();
    layout->addLayout(head);
    layout->addWidget(row.text);
    layout->addWidget(row.complaint);
    m_rows->addWidget(box);
    m_shown.push_back(row);
    connect(row.role, &QComboBox::activated, this, &MessagesEditor::edited);
    connect(row.text, &QPlainTextEdit::textChanged, this, &MessagesEditor::edited);
    connect(
        remove, &QToolButton::clicked, this,
        [this, text = row.text] {
            auto left = messages();
            const auto at = std::ranges::find(m_shown, text, &Row::text);
            if (at == m_shown.end())
                return;
            left.erase(left.begin() + (at - m_shown.begin()));
            setMessages(left);
            Q_EMIT edited();
        },
        Qt::QueuedConnection); // the button goes away with it
}

}
