#include "ui/costs/prices/termdialog.h"

#include "ui/widgets/parts.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <limits>

namespace leeway::ui {

TermDialog::TermDialog(TermKind kind, const TermValues& values, Check check, QWidget* parent)
    : QDialog(parent),
      m_check(std::move(check)),
      m_problem(paragraph({}))
{
    const auto px = [](double value) { return Theme::instance().px(value); };
    setWindowTitle(kindName(kind));
    resize(px(520), height());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(px(20), px(18), px(20), px(16));
    layout->setSpacing(px(12));
    layout->addWidget(label(kindName(kind), "title"));
    auto* form = new QFormLayout;
    form->setSpacing(px(8));
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    for (const TermField& field : fieldsOf(kind)) {
        QWidget* widget = nullptr;
        if (field.choices.isEmpty()) {
            auto* edit = new QLineEdit;
            edit->setPlaceholderText(field.hint);
            edit->setMaxLength(std::numeric_limits<int>::max()); // what is too long is said, not cut
            connect(edit, &QLineEdit::textChanged, this, &TermDialog::refresh);
            widget = edit;
        } else {
            auto* combo = new QComboBox;
            combo->addItems(field.choices);
            connect(combo, &QComboBox::currentIndexChanged, this, &TermDialog::refresh);
            widget = combo;
        }
        widget->setObjectName(field.key);
        widget->setAccessibleName(field.label);
        m_fields[field.key] = widget;
        form->addRow(field.label, widget);
    }
    layout->addLayout(form);
    m_problem->setObjectName(u"termProblem"_s);
    setLook(m_problem, "tone", u"adverse"_s);
    layout->addWidget(m_problem);

    auto* buttons = new QDialogButtonBox;
    m_use = buttons->addButton(tr("Keep"), QDialogButtonBox::AcceptRole);
    m_use->setProperty("primary", true);
    m_use->setObjectName(u"keepTerm"_s);
    buttons->addButton(QDialogButtonBox::Cancel);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    for (auto at = values.begin(); at != values.end(); ++at)
        setValue(at.key(), at.value());
    refresh();
}

void TermDialog::setValue(const QString& key, const QString& value)
{
    QWidget* field = m_fields.value(key);
    if (auto* edit = qobject_cast<QLineEdit*>(field))
        edit->setText(value);
    else if (auto* combo = qobject_cast<QComboBox*>(field))
        combo->setCurrentText(value);
}

TermValues TermDialog::values() const
{
    TermValues values;
    for (auto at = m_fields.begin(); at != m_fields.end(); ++at) {
        const auto* edit = qobject_cast<QLineEdit*>(at.value());
        values[at.key()] = edit ? edit->text() : qobject_cast<QComboBox*>(at.value())->currentText();
    }
    return values;
}

void TermDialog::refresh()
{
    if (!m_use) // while the form is being made
        return;
    const base::Status status = m_check(values());
    m_problem->setText(status ? QString() : str(status.error().message));
    m_problem->setVisible(!status);
    m_use->setEnabled(status.has_value());
}

}
