#include "ui/fallback/suite/logdialog.h"

#include "ui/widgets/parts.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QPlainTextEdit>
#include <QSpinBox>
#include <limits>

namespace leeway::ui {

LogDialog::LogDialog(const QString& file, QWidget* parent)
    : QDialog(parent),
      m_size(new QSpinBox),
      m_stratum(new QComboBox),
      m_seed(new QSpinBox),
      m_mask(new QCheckBox(tr("Mask e-mail addresses, phone numbers, IBANs and card numbers"))),
      m_names(new QPlainTextEdit)
{
    const fallback::SampleOptions usual;
    setWindowTitle(tr("Make a suite from %1").arg(QFileInfo(file).fileName()));
    setMinimumWidth(Theme::instance().px(480));
    m_size->setObjectName(u"sampleSize"_s);
    m_size->setRange(1, 10'000);
    m_size->setValue(int(usual.size));
    m_stratum->setObjectName(u"stratum"_s);
    m_stratum->addItem(tr("Tag"), int(fallback::Stratum::Tag));
    m_stratum->addItem(tr("Model"), int(fallback::Stratum::Model));
    m_stratum->addItem(tr("Month"), int(fallback::Stratum::Month));
    m_stratum->addItem(tr("Length of the question"), int(fallback::Stratum::Length));
    m_stratum->addItem(tr("Nothing: draw from all alike"), int(fallback::Stratum::None));
    m_seed->setRange(0, std::numeric_limits<int>::max());
    m_seed->setValue(int(usual.seed));
    m_seed->setToolTip(tr("The same log and seed give the same cases"));
    m_mask->setObjectName(u"mask"_s);
    m_mask->setChecked(usual.mask);
    m_names->setObjectName(u"names"_s);
    m_names->setPlaceholderText(tr("Names of persons and customers, one a line"));
    m_names->setAccessibleName(tr("Names to be masked"));
    m_names->setTabChangesFocus(true);
    m_names->setFixedHeight(Theme::instance().px(110));
    connect(m_mask, &QCheckBox::toggled, m_names, &QWidget::setEnabled);

    auto* form = new QFormLayout;
    form->addRow(tr("Cases"), m_size);
    form->addRow(tr("Shared out by"), m_stratum);
    form->addRow(tr("Seed"), m_seed);
    form->addRow(m_mask);
    form->addRow(tr("Names"), m_names);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(
        paragraph(tr("Each case asks what was asked then, and checks that the model agrees with "
                     "the answer in the log."),
                  "muted"));
    layout->addLayout(form);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    buttons->addButton(tr("Make suite"), QDialogButtonBox::AcceptRole);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

fallback::SampleOptions LogDialog::options() const
{
    fallback::SampleOptions options;
    options.size = std::size_t(m_size->value());
    options.stratum = fallback::Stratum(m_stratum->currentData().toInt());
    options.seed = std::uint64_t(m_seed->value());
    options.mask = m_mask->isChecked();
    for (const QString& name : m_names->toPlainText().split(u'\n')) {
        if (options.mask && !name.trimmed().isEmpty())
            options.names.push_back(utf8(name.trimmed()));
    }
    return options;
}

}
