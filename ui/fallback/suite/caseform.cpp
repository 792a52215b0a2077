#include "ui/fallback/suite/caseform.h"

#include "ui/fallback/ratechart.h"
#include "ui/fallback/suite/checkrow.h"
#include "ui/fallback/suite/messageseditor.h"
#include "ui/fallback/suite/varstable.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <algorithm>
#include <utility>

namespace leeway::ui {

namespace {

QLabel* complaintLabel()
{
    auto* complaint = paragraph({});
    complaint->setProperty("tone", u"adverse"_s);
    complaint->hide();
    return complaint;
}

QString joined(const std::vector<std::string>& tags)
{
    QStringList list;
    for (const std::string& tag : tags)
        list << str(tag);
    return list.join(u", "_s);
}

void setText(QLineEdit* field, const QString& text)
{
    if (field->text() != text)
        field->setText(text);
}

}

CaseForm::CaseForm(QWidget* parent)
    : QWidget(parent),
      m_id(new QLineEdit),
      m_idComplaint(complaintLabel()),
      m_description(new QLineEdit),
      m_category(new QComboBox),
      m_weight(new QDoubleSpinBox),
      m_tags(new QLineEdit),
      m_messages(new MessagesEditor),
      m_messagesComplaint(complaintLabel()),
      m_vars(new VarsTable),
      m_expected(new QPlainTextEdit),
      m_checks(new QVBoxLayout)
{
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(Theme::instance().px(8));
    makeHead(layout);
    makeTexts(layout);
    layout->addStretch();
}

void CaseForm::makeHead(QVBoxLayout* layout)
{
    m_id->setObjectName(u"caseId"_s);
    m_tags->setObjectName(u"tags"_s);
    m_tags->setPlaceholderText(tr("invoice, extraction"));
    m_weight->setRange(0, 1000);
    m_weight->setDecimals(2);
    m_weight->setObjectName(u"weight"_s);
    m_category->setObjectName(u"category"_s);
    for (const auto category :
         {fallback::Category::Routine, fallback::Category::Complex, fallback::Category::Critical})
        m_category->addItem(categoryWord(category), int(category));
    auto* form = new QFormLayout;
    form->addRow(tr("Name"), m_id);
    form->addRow(m_idComplaint);
    form->addRow(tr("What it is about"), m_description);
    form->addRow(tr("Category"), m_category);
    form->addRow(tr("Weight"), m_weight);
    form->addRow(tr("Tags"), m_tags);
    layout->addLayout(form);
    connect(m_id, &QLineEdit::textEdited, this, &CaseForm::say);
    connect(m_description, &QLineEdit::textEdited, this, &CaseForm::say);
    connect(m_tags, &QLineEdit::textEdited, this, &CaseForm::say);
    connect(m_category, &QComboBox::activated, this, &CaseForm::say);
    connect(m_weight, &QDoubleSpinBox::valueChanged, this, &CaseForm::say);
}

void CaseForm::makeTexts(QVBoxLayout* layout)
{
    layout->addWidget(label(tr("What is asked"), "heading"));
    layout->addWidget(m_messages);
    layout->addWidget(m_messagesComplaint);
    layout->addWidget(m_vars);
    layout->addWidget(label(tr("A right answer"), "heading"));
    m_expected->setObjectName(u"expected"_s);
    m_expected->setAccessibleName(tr("A right answer"));
    m_expected->setTabChangesFocus(true);
    m_expected->setFixedHeight(Theme::instance().px(72));
    layout->addWidget(m_expected);
    layout->addWidget(label(tr("How the answer is checked"), "heading"));
    layout->addLayout(m_checks);
    auto* add = linkButton(tr("+ Check"));
    add->setObjectName(u"addCheck"_s);
    layout->addWidget(add, 0, Qt::AlignLeft);
    connect(m_messages, &MessagesEditor::edited, this, &CaseForm::say);
    connect(m_vars, &VarsTable::edited, this, &CaseForm::say);
    connect(m_expected, &QPlainTextEdit::textChanged, this, &CaseForm::say);
    connect(add, &QPushButton::clicked, this, [this] {
        fallback::Assertion fresh;
        fresh.type = "contains";
        fresh.value = utf8(m_expected->toPlainText());
        addCheck(fresh);
        say();
    });
}

void CaseForm::say()
{
    if (!m_filling)
        Q_EMIT changed();
}

void CaseForm::setCase(const fallback::Case& c)
{
    if (c == edited()) {
        m_case = c;
        return;
    }
    m_filling = true;
    m_case = c;
    setText(m_id, str(c.id));
    setText(m_description, str(c.description));
    setText(m_tags, joined(c.tags));
    m_category->setCurrentIndex(m_category->findData(int(c.category)));
    m_weight->setValue(c.weight);
    m_messages->setMessages(c.messages);
    m_vars->setVars(c.vars);
    m_expected->setPlainText(str(c.expected.value_or("")));
    setChecks(c.assertions);
    m_filling = false;
}

fallback::Case CaseForm::edited() const
{
    fallback::Case c = m_case;
    c.id = utf8(m_id->text());
    c.description = utf8(m_description->text());
    c.category = fallback::Category(m_category->currentData().toInt());
    if (QString::number(m_case.weight, 'f', 2) != QString::number(m_weight->value(), 'f', 2))
        c.weight = m_weight->value();
    if (m_tags->text() != joined(m_case.tags)) {
        c.tags.clear();
        for (const QString& tag : m_tags->text().split(u',', Qt::SkipEmptyParts)) {
            if (!tag.trimmed().isEmpty())
                c.tags.push_back(utf8(tag.trimmed()));
        }
    }
    c.messages = m_messages->messages();
    c.vars = m_vars->vars();
    const std::string expected = utf8(m_expected->toPlainText());
    if (expected != m_case.expected.value_or(""))
        c.expected = expected.empty() ? std::nullopt : std::optional(expected);
    c.assertions.clear();
    for (const CheckRow* row : m_rows)
        c.assertions.push_back(row->assertion());
    return c;
}

void CaseForm::setChecks(const std::vector<fallback::Assertion>& assertions)
{
    clearLayout(m_checks);
    m_rows.clear();
    for (const fallback::Assertion& assertion : assertions)
        addCheck(assertion);
}

void CaseForm::addCheck(const fallback::Assertion& assertion)
{
    auto* row = new CheckRow(assertion);
    m_checks->addWidget(row);
    m_rows.push_back(row);
    connect(row, &CheckRow::edited, this, &CaseForm::say);
    connect(
        row, &CheckRow::removed, this,
        [this, row] {
            if (std::erase(m_rows, row) == 0)
                return;
            delete row;
            say();
        },
        Qt::QueuedConnection); // it is its own button that said so
}

void CaseForm::showComplaints(const std::vector<Complaint>& complaints)
{
    m_idComplaint->hide();
    m_messagesComplaint->hide();
    m_messages->clearComplaints();
    m_vars->complain({});
    for (CheckRow* row : m_rows)
        row->complain({});
    for (const Complaint& complaint : complaints) {
        switch (complaint.field) {
        case CaseField::Id:
            m_idComplaint->setText(complaint.text);
            m_idComplaint->show();
            break;
        case CaseField::Messages:
            m_messages->complain(complaint.item, complaint.text);
            m_messagesComplaint->setText(complaint.text);
            m_messagesComplaint->setVisible(edited().messages.empty());
            break;
        case CaseField::Variables:
            m_vars->complain(complaint.text);
            break;
        case CaseField::Checks:
            if (complaint.item < int(m_rows.size()))
                m_rows[std::size_t(complaint.item)]->complain(complaint.text);
            break;
        }
    }
}

}
