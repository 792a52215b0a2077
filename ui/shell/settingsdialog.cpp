#include "ui/shell/settingsdialog.h"

#include "ui/shell/weightsmodel.h"
#include "ui/shell/workspace.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/text.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QTabWidget>
#include <QTableView>

namespace leeway::ui {

SettingsDialog::SettingsDialog(Workspace& workspace, QWidget* parent)
    : QDialog(parent),
      m_workspace(workspace),
      m_weights(new WeightsModel(workspace.pack(), this)),
      m_title(new QLineEdit),
      m_currency(new QComboBox),
      m_rate(new QLineEdit),
      m_rateSource(new QLineEdit),
      m_rateLabel(label({})),
      m_problem(paragraph({})),
      m_profile(new QComboBox),
      m_profileNote(paragraph({}, "muted")),
      m_effect(paragraph({}, "heading")),
      m_theme(new QComboBox)
{
    const Theme& theme = Theme::instance();
    setWindowTitle(tr("Settings"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(16));
    layout->setSpacing(theme.px(12));
    auto* tabs = new QTabWidget;
    tabs->setDocumentMode(true);
    tabs->tabBar()->setDrawBase(false);
    if (workspace.isOpen()) {
        tabs->addTab(projectTab(), tr("Project"));
        tabs->addTab(weightsTab(), tr("Weights"));
    }
    tabs->addTab(lookTab(), tr("Look"));
    layout->addWidget(tabs, 1);
    m_problem->setProperty("tone", u"adverse"_s);
    layout->addWidget(m_problem);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    m_ok = buttons->button(QDialogButtonBox::Ok);
    m_ok->setProperty("primary", true);
    connect(buttons, &QDialogButtonBox::accepted, this, &SettingsDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &SettingsDialog::reject);
    layout->addWidget(buttons);
    checkInput();
    resize(theme.px(660), theme.px(600));
}

QWidget* SettingsDialog::projectTab()
{
    const project::Settings& settings = m_workspace.snapshot().settings;
    auto* tab = new QWidget;
    auto* form = new QFormLayout(tab);
    form->setContentsMargins(0, Theme::instance().px(16), 0, 0);
    form->setVerticalSpacing(Theme::instance().px(12));
    form->setHorizontalSpacing(Theme::instance().px(16));
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    m_title->setText(str(settings.title));
    m_title->setObjectName(u"ProjectTitle"_s);
    form->addRow(tr("&What is bought"), m_title);
    m_currency->setEditable(true);
    m_currency->addItems({u"EUR"_s, u"USD"_s, u"GBP"_s, u"CHF"_s, u"SEK"_s, u"DKK"_s, u"NOK"_s, u"PLN"_s,
                          u"CZK"_s, u"JPY"_s, u"CAD"_s, u"AUD"_s});
    m_currency->setCurrentText(str(settings.currency));
    m_currency->setToolTip(tr("Three letters, as in ISO 4217"));
    form->addRow(tr("&Currency"), m_currency);
    m_rate->setText(str(settings.currency_per_usd.to_string()));
    m_rate->setAlignment(Qt::AlignRight);
    m_rateLabel->setBuddy(m_rate);
    form->addRow(m_rateLabel, m_rate);
    m_rateSource->setText(str(settings.rate_source));
    m_rateSource->setPlaceholderText(tr("Where and when it was read: ECB, 27 Nov 2026"));
    form->addRow(tr("&Source of the rate"), m_rateSource);
    form->addRow(paragraph(
        tr("Price sheets are in US dollars as a rule. Amounts are shown in the project's currency at "
           "this rate; the report prints rate and source."),
        "muted"));
    for (QLineEdit* field : {m_title, m_rate, m_rateSource})
        connect(field, &QLineEdit::textChanged, this, &SettingsDialog::checkInput);
    connect(m_currency, &QComboBox::editTextChanged, this, &SettingsDialog::checkInput);
    return tab;
}

QWidget* SettingsDialog::weightsTab()
{
    const Theme& theme = Theme::instance();
    auto* tab = new QWidget;
    auto* layout = new QVBoxLayout(tab);
    layout->setContentsMargins(0, theme.px(16), 0, 0);
    layout->setSpacing(theme.px(10));
    const scoring::Profile& current = m_workspace.snapshot().settings.profile;
    if (auto profiles = scoring::bundled_profiles())
        m_profiles = std::move(*profiles);
    for (const scoring::Profile& profile : m_profiles)
        m_profile->addItem(str(profile.title));
    const auto same = std::find(m_profiles.begin(), m_profiles.end(), current);
    if (same == m_profiles.end()) {
        m_profiles.push_back(current);
        m_profile->addItem(current.title.empty() ? tr("Own weights") : str(current.title));
    }
    auto* row = new QHBoxLayout;
    QLabel* profileLabel = label(tr("&Profile"));
    profileLabel->setBuddy(m_profile);
    row->addWidget(profileLabel);
    row->addWidget(m_profile, 1);
    layout->addLayout(row);
    layout->addWidget(m_profileNote);

    auto* table = new QTableView;
    table->setModel(m_weights);
    table->setAccessibleName(tr("Weights of the checks"));
    table->setShowGrid(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(theme.px(30));
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setEditTriggers(QAbstractItemView::AllEditTriggers);
    table->setTabKeyNavigation(false);
    table->horizontalHeader()->setSectionResizeMode(WeightsModel::CheckColumn, QHeaderView::Stretch);
    table->horizontalHeader()->setSectionResizeMode(WeightsModel::CategoryColumn,
                                                    QHeaderView::ResizeToContents);
    table->setColumnWidth(WeightsModel::WeightColumn, theme.px(100));
    table->setColumnWidth(WeightsModel::GateColumn, theme.px(96));
    table->horizontalHeader()->setHighlightSections(false);
    layout->addWidget(table, 1);
    layout->addWidget(m_effect);
    m_weights->setProfile(current);
    const auto row0 = std::find(m_profiles.begin(), m_profiles.end(), current) - m_profiles.begin();
    m_profile->setCurrentIndex(int(row0));
    m_profileNote->setText(str(current.note));
    m_profileNote->setVisible(!current.note.empty());
    connect(m_profile, &QComboBox::activated, this, &SettingsDialog::chooseProfile);
    connect(m_weights, &WeightsModel::edited, this, [this] {
        m_profile->setCurrentIndex(-1);
        m_profile->setPlaceholderText(tr("Own weights"));
        m_profileNote->hide();
        showEffect();
    });
    showEffect();
    return tab;
}

QWidget* SettingsDialog::lookTab()
{
    auto* tab = new QWidget;
    auto* form = new QFormLayout(tab);
    form->setContentsMargins(0, Theme::instance().px(16), 0, 0);
    form->setHorizontalSpacing(Theme::instance().px(16));
    m_theme->addItem(tr("As the system"), int(Theme::Mode::System));
    m_theme->addItem(tr("Light"), int(Theme::Mode::Light));
    m_theme->addItem(tr("Dark"), int(Theme::Mode::Dark));
    m_theme->setCurrentIndex(m_theme->findData(int(Theme::instance().mode())));
    form->addRow(tr("&Theme"), m_theme);
    return tab;
}

void SettingsDialog::chooseProfile(int row)
{
    const scoring::Profile& profile = m_profiles.at(std::size_t(row));
    m_weights->setProfile(profile);
    m_profileNote->setText(str(profile.note));
    m_profileNote->setVisible(!profile.note.empty());
    showEffect();
}

void SettingsDialog::showEffect()
{
    const project::Contract* contract = m_workspace.contract();
    const bool has = contract != nullptr && m_workspace.part() != nullptr && m_workspace.part()->has_index();
    m_effect->setVisible(has);
    if (!has)
        return;
    const auto index = scoring::lock_in_index(m_workspace.pack(), contract->answers(), m_weights->profile());
    const int now = m_workspace.part()->index.value;
    m_effect->setText(
        now == index.value
            ? tr("With these weights the index of “%1” stays at %2.").arg(str(contract->title), points(now))
            : tr("With these weights the index of “%1” goes from %2 to %3.")
                  .arg(str(contract->title), points(now), points(index.value)));
}

void SettingsDialog::checkInput()
{
    if (!m_workspace.isOpen()) {
        m_problem->hide();
        return;
    }
    const QString currency = m_currency->currentText().trimmed().toUpper();
    m_rateLabel->setText(tr("%1 for one USD").arg(currency));
    QString problem;
    const auto rate = base::Decimal::parse(utf8(m_rate->text().trimmed().replace(u',', u'.')));
    const bool rateFits = rate && !rate->is_negative() && !rate->is_zero();
    static const QRegularExpression code(u"^[A-Z]{3}$"_s);
    if (m_title->text().trimmed().isEmpty())
        problem = tr("Say what is bought: it is the title of the project and of the report.");
    else if (!code.match(currency).hasMatch())
        problem = tr("The currency has three letters: EUR, USD, CHF.");
    else if (!rateFits)
        problem = tr("The exchange rate is a number above zero, such as 0.86.");
    else if (currency == u"USD" && *rate != base::Decimal::from_integer(1))
        problem = tr("One USD is one USD: the rate must be 1.");
    setLook(m_rate, "invalid", !rateFits);
    setLook(m_title, "invalid", m_title->text().trimmed().isEmpty());
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    if (m_ok != nullptr)
        m_ok->setEnabled(problem.isEmpty());
}

project::Settings SettingsDialog::edited() const
{
    project::Settings settings = m_workspace.snapshot().settings;
    settings.title = utf8(m_title->text().trimmed());
    settings.currency = utf8(m_currency->currentText().trimmed().toUpper());
    if (const auto rate = base::Decimal::parse(utf8(m_rate->text().trimmed().replace(u',', u'.'))))
        settings.currency_per_usd = *rate;
    settings.rate_source = utf8(m_rateSource->text().trimmed());
    settings.profile = m_weights->profile();
    if (m_profile->currentIndex() < 0) {
        settings.profile.id = "own";
        settings.profile.title = utf8(tr("Own weights"));
        settings.profile.note.clear();
    }
    return settings;
}

void SettingsDialog::accept()
{
    if (m_workspace.isOpen())
        m_workspace.setSettings(edited());
    Theme::instance().setMode(Theme::Mode(m_theme->currentData().toInt()));
    QDialog::accept();
}

}
