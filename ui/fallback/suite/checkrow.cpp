#include "ui/fallback/suite/checkrow.h"

#include "core/fallback/assertions.h"
#include "ui/fallback/suite/casecheck.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleValidator>
#include <QHBoxLayout>
#include <QLineEdit>

namespace leeway::ui {

namespace {

int px(double value)
{
    return Theme::instance().px(value);
}

}

CheckRow::CheckRow(const fallback::Assertion& assertion, QWidget* parent)
    : QWidget(parent),
      m_assertion(assertion),
      m_inverse(new QCheckBox(tr("not"))),
      m_type(new QComboBox),
      m_value(new QLineEdit),
      m_threshold(new QLineEdit),
      m_complaint(paragraph({}))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(px(2));
    auto* row = new QHBoxLayout;
    m_inverse->setChecked(assertion.inverse);
    m_inverse->setAccessibleName(tr("The answer must not do so"));
    for (const std::string& type : fallback::deterministic_types())
        m_type->addItem(str(type));
    if (m_type->findText(str(assertion.type)) < 0)
        m_type->addItem(str(assertion.type));
    m_type->setCurrentText(str(assertion.type));
    m_type->setObjectName(u"checkType"_s);
    m_type->setAccessibleName(tr("Type of the check"));
    m_value->setObjectName(u"checkValue"_s);
    m_value->setText(assertion.value ? fieldOf(*assertion.value) : QString());
    m_value->setPlaceholderText(tr("Compared with nothing"));
    m_value->setToolTip(tr("A text, which may hold {{variables}}, or a list or object as JSON"));
    m_value->setAccessibleName(tr("Compared with"));
    m_value->setCursorPosition(0);
    auto* numbers = new QDoubleValidator(m_threshold);
    numbers->setLocale(QLocale::c());
    m_threshold->setValidator(numbers);
    m_threshold->setObjectName(u"checkThreshold"_s);
    m_threshold->setText(assertion.threshold ? QString::number(*assertion.threshold) : QString());
    m_threshold->setPlaceholderText(tr("Threshold"));
    m_threshold->setAccessibleName(tr("Threshold"));
    m_threshold->setFixedWidth(px(86));
    auto* remove = iconButton(u"close"_s, tr("Remove this check"));
    if (!assertion.members.empty()) { // a set has no value of its own
        m_type->setEnabled(false);
        m_value->setEnabled(false);
        m_value->setPlaceholderText(counted(qsizetype(assertion.members.size()), tr("check"), tr("checks")));
    }
    row->addWidget(m_inverse);
    row->addWidget(m_type);
    row->addWidget(m_value, 1);
    row->addWidget(m_threshold);
    row->addWidget(remove);
    m_complaint->setProperty("tone", u"adverse"_s);
    m_complaint->hide();
    layout->addLayout(row);
    layout->addWidget(m_complaint);
    connect(m_inverse, &QCheckBox::toggled, this, &CheckRow::edited);
    connect(m_type, &QComboBox::activated, this, &CheckRow::edited);
    connect(m_value, &QLineEdit::textEdited, this, &CheckRow::edited);
    connect(m_threshold, &QLineEdit::textEdited, this, &CheckRow::edited);
    connect(remove, &QToolButton::clicked, this, &CheckRow::removed);
}

fallback::Assertion CheckRow::assertion() const
{
    fallback::Assertion assertion = m_assertion;
    assertion.inverse = m_inverse->isChecked();
    assertion.type = utf8(m_type->currentText());
    const QString value = m_value->text();
    const bool unchanged = m_assertion.value && value == fieldOf(*m_assertion.value);
    if (!unchanged)
        assertion.value = value.isEmpty()
                              ? std::nullopt
                              : std::optional(valueOf(value, m_assertion.value.value_or(nlohmann::json())));
    bool isNumber = false;
    const double threshold = m_threshold->text().toDouble(&isNumber);
    if (m_threshold->text().isEmpty())
        assertion.threshold.reset();
    else if (isNumber)
        assertion.threshold = threshold;
    return assertion;
}

void CheckRow::complain(const QString& text)
{
    m_complaint->setText(text);
    m_complaint->setVisible(!text.isEmpty());
}

}
