#include "ui/costs/outlook/qualitydialog.h"

#include "ui/costs/whatif/numberfield.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QDialogButtonBox>
#include <QFormLayout>

namespace leeway::ui {

QualityDialog::QualityDialog(const simulation::SplitQuestion& question, QWidget* parent)
    : QDialog(parent),
      m_floor(new NumberField),
      m_second(new NumberField),
      m_local(new NumberField)
{
    const auto px = [](double value) { return Theme::instance().px(value); };
    setWindowTitle(tr("Quality of the split"));
    setMinimumWidth(px(420));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(px(20), px(18), px(20), px(16));
    layout->setSpacing(px(12));
    layout->addWidget(paragraph(tr("Today’s vendors count as 100. Only splits whose average, by share of the "
                                   "traffic, reaches the floor are looked at. The others count as 100 until "
                                   "you enter what you measured; the Fallback page measures a local model."),
                                "muted"));
    auto* form = new QFormLayout;
    form->setSpacing(px(8));
    const auto add = [form](NumberField* field, const QString& name, const QString& words, double value) {
        field->setObjectName(name);
        field->setAccessibleName(words);
        field->setRange(0, 100);
        field->setDecimals(1);
        field->setValue(value);
        form->addRow(words, field);
    };
    add(m_floor, u"qualityFloor"_s, tr("The whole must reach"), question.floor);
    add(m_second, u"secondQuality"_s, tr("Second vendor"), question.second_quality);
    add(m_local, u"localReadiness"_s, tr("Local model"), question.fallback_readiness);
    layout->addLayout(form);
    auto* buttons = new QDialogButtonBox;
    auto* use = buttons->addButton(tr("Look for the split"), QDialogButtonBox::AcceptRole);
    use->setProperty("primary", true);
    buttons->addButton(QDialogButtonBox::Cancel);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

simulation::SplitQuestion QualityDialog::question() const
{
    return {m_floor->value(), m_second->value(), m_local->value()};
}

}
