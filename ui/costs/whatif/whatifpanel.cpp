#include "ui/costs/whatif/whatifpanel.h"

#include "ui/costs/whatif/draft.h"
#include "ui/costs/whatif/knobrow.h"
#include "ui/costs/whatif/numberfield.h"
#include "ui/costs/whatif/presets.h"
#include "ui/costs/whatif/targetfield.h"
#include "ui/costs/words.h"
#include "ui/shell/workspace.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/theme.h"

#include <QCheckBox>
#include <QDateEdit>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QMenu>
#include <QSettings>
#include <QSignalBlocker>

namespace leeway::ui {

namespace {

constexpr auto rateKey = "costs/monthOfPerson";
constexpr double usualRate = 9000; // of an engineer, fully loaded; resources/help/costs.md

int px(double value)
{
    return Theme::instance().px(value);
}

QDateEdit* dateField(const QString& name, const QString& format)
{
    auto* field = new QDateEdit;
    field->setLocale(QLocale(QLocale::English, QLocale::UnitedKingdom));
    field->setDisplayFormat(format);
    field->setDateRange(QDate(2000, 1, 1), QDate(2190, 12, 31));
    field->setCalendarPopup(false);
    field->setButtonSymbols(QAbstractSpinBox::NoButtons);
    field->setAlignment(Qt::AlignRight);
    field->setKeyboardTracking(false);
    field->setAccessibleName(name);
    field->installEventFilter(new WheelGuard(field));
    return field;
}

QHBoxLayout* fieldRow(QWidget* name, QWidget* field)
{
    auto* row = new QHBoxLayout;
    row->setSpacing(px(8));
    row->addWidget(name);
    row->addStretch();
    row->addWidget(field);
    return row;
}

}

/// A heading with the rows that matter most, and a button that shows the others.
class WhatIfPanel::Group : public QWidget
{
public:
    explicit Group(const QString& title)
        : main(new QVBoxLayout),
          more(new QWidget),
          details(new QVBoxLayout(more))
    {
        auto* all = new QVBoxLayout(this);
        all->setContentsMargins(0, 0, 0, 0);
        all->setSpacing(px(6));
        auto* head = new QHBoxLayout;
        head->setSpacing(0);
        head->addWidget(label(title, "group"));
        head->addStretch();
        m_toggle = linkButton(QCoreApplication::translate("WhatIfPanel", "More"));
        m_toggle->setAccessibleName(QCoreApplication::translate("WhatIfPanel", "%1: more").arg(title));
        m_toggle->setCheckable(true);
        m_toggle->hide();
        head->addWidget(m_toggle);
        all->addLayout(head);
        main->setSpacing(px(6));
        all->addLayout(main);
        details->setContentsMargins(0, 0, 0, 0);
        details->setSpacing(px(6));
        more->hide();
        all->addWidget(more);
        QObject::connect(m_toggle, &QPushButton::toggled, this, [this](bool shown) {
            more->setVisible(shown);
            m_toggle->setText(shown ? QCoreApplication::translate("WhatIfPanel", "Less")
                                    : QCoreApplication::translate("WhatIfPanel", "More"));
        });
    }
    void useDetails() { m_toggle->show(); }

    QVBoxLayout* main;
    QWidget* more;
    QVBoxLayout* details;

private:
    QPushButton* m_toggle;
};

WhatIfPanel::WhatIfPanel(Workspace& workspace, Draft& draft, QWidget* parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_draft(draft),
      m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(px(14));
    m_layout->addWidget(horizontalRule());
    m_layout->addWidget(label(tr("What if"), "heading"));
    m_readOnly = paragraph(tr("This project is read-only: what you try here is not kept."), "small");
    m_layout->addWidget(m_readOnly);
    addPrices();
    addSecondVendor();
    addLocalModel();
    addTerm();
    addButtons();
    m_layout->addStretch();
    const auto fillTargets = [this] {
        m_riser->setChoices(usedTargets(m_workspace.snapshot().cube));
        m_target->setChoices(sheetTargets(m_workspace.snapshot().sheet));
    };
    connect(&m_workspace, &Workspace::changed, this, fillTargets);
    connect(&m_draft, &Draft::changed, this, &WhatIfPanel::refresh);
    fillTargets();
    refresh();
}

WhatIfPanel::Group* WhatIfPanel::addGroup(const QString& title)
{
    auto* group = new Group(title);
    m_layout->addWidget(group);
    return group;
}

KnobRow* WhatIfPanel::addRow(QVBoxLayout* layout, Knob knob)
{
    auto* row = new KnobRow(knob);
    layout->addWidget(row);
    m_rows[knob] = row;
    connect(row, &KnobRow::moved, this, [this](Knob moved, double value) {
        m_draft.change([&](auto& set) { setKnob(set, moved, value); });
    });
    connect(row, &KnobRow::rested, &m_draft, &Draft::settleSoon);
    return row;
}

void WhatIfPanel::addPrices()
{
    m_prices = addGroup(tr("Prices change"));
    m_riser = new TargetField(tr("Whose prices change"), true);
    m_prices->main->addWidget(m_riser);
    addRow(m_prices->main, Knob::Rise);
    addRow(m_prices->main, Knob::RiseFrom);
    connect(m_riser, &TargetField::chosen, this, [this](const Target& target) {
        m_draft.change([&](auto& set) { setRiseTarget(set, target); });
        m_draft.settle();
    });
}

void WhatIfPanel::addSecondVendor()
{
    m_second = addGroup(tr("Second vendor"));
    m_target = new TargetField(tr("Second vendor"), false);
    m_second->main->addWidget(m_target);
    addRow(m_second->main, Knob::MovedShare);
    addRow(m_second->main, Knob::CacheLoss);
    addRow(m_second->main, Knob::Upkeep);
    addPeople(m_second->main);
    addRow(m_second->details, Knob::MovedFrom);
    addRow(m_second->details, Knob::Migration);
    addRow(m_second->details, Knob::Parallel);
    m_second->useDetails();
    connect(m_target, &TargetField::chosen, this, [this](const Target& target) {
        m_draft.change([&](auto& set) { setSecondVendor(set, target); });
        m_draft.settle();
    });
}

void WhatIfPanel::addPeople(QVBoxLayout* layout)
{
    m_people = new NumberField;
    m_people->setObjectName(u"people"_s);
    m_people->setRange(0, 1000);
    m_people->setDecimals(2);
    m_people->setSingleStep(0.1);
    m_people->setAccessibleName(tr("People for the upkeep"));
    m_rate = new NumberField;
    m_rate->setObjectName(u"personRate"_s);
    m_rate->setRange(0, 1'000'000);
    m_rate->setDecimals(2);
    m_rate->setSingleStep(100);
    m_rate->setValue(QSettings().value(QLatin1StringView(rateKey), usualRate).toDouble());
    m_rate->setAccessibleName(tr("What a person costs a month"));
    auto* row = new QHBoxLayout;
    row->setSpacing(px(6));
    row->addWidget(label(tr("that is"), "small"));
    row->addStretch();
    row->addWidget(m_people);
    row->addWidget(label(tr("people at"), "small"));
    row->addWidget(m_rate);
    layout->addLayout(row);
    connect(m_people, &QDoubleSpinBox::valueChanged, this, &WhatIfPanel::setPeople);
    connect(m_rate, &QDoubleSpinBox::valueChanged, this, [this](double rate) {
        QSettings().setValue(QLatin1StringView(rateKey), rate);
        setPeople();
    });
    for (NumberField* field : {m_people, m_rate})
        connect(field, &QDoubleSpinBox::editingFinished, &m_draft, &Draft::settleSoon);
}

void WhatIfPanel::setPeople()
{
    const double amount = m_people->value() * m_rate->value();
    m_draft.change([&](auto& set) { setKnob(set, Knob::Upkeep, amount); });
}

void WhatIfPanel::refreshPeople()
{
    const auto upkeep = knobValue(m_draft.scenarios(), Knob::Upkeep);
    if (!upkeep || m_people->hasFocus() || m_rate->hasFocus())
        return;
    const QSignalBlocker quiet(m_people);
    m_people->setValue(m_rate->value() > 0 ? *upkeep / m_rate->value() : 0);
    m_rate->setPrefix(currencySign(m_draft.currency()) + u'\u00a0');
}

void WhatIfPanel::addLocalModel()
{
    m_local = addGroup(tr("Local model"));
    addRow(m_local->main, Knob::LocalShare);
    addRow(m_local->main, Knob::MachinePrice);
    addRow(m_local->main, Knob::Utilisation);
    addRow(m_local->details, Knob::TokensPerSecond);
    addRow(m_local->details, Knob::LocalFrom);
    addRow(m_local->details, Knob::LocalUpkeep);
    addRow(m_local->details, Knob::LocalMigration);
    m_local->useDetails();
}

void WhatIfPanel::addTerm()
{
    auto* term = addGroup(tr("Term and decision gate"));
    addRow(term->main, Knob::Growth);
    addRow(term->main, Knob::LogOneIn);
    addRow(term->main, Knob::Term);
    m_start = dateField(tr("First month of the term"), u"MMM yyyy"_s);
    m_start->setObjectName(u"termStart"_s);
    auto* start = label(tr("First month"));
    start->setBuddy(m_start);
    term->main->addLayout(fieldRow(start, m_start));
    m_later = linkButton({});
    m_later->setObjectName(u"laterStart"_s);
    m_later->setToolTip(tr("The usage reaches beyond the first month of the term. Everything that counts in "
                           "months of the term moves along; the budget lock stays."));
    term->main->addWidget(m_later, 0, Qt::AlignRight);
    connect(m_later, &QPushButton::clicked, this, [this] {
        if (const auto later = m_draft.laterStart())
            m_draft.change([&](auto& set) { set.plan.start = *later; });
        m_draft.settle();
    });
    m_locked = new QCheckBox(tr("Budget is locked on"));
    m_locked->setObjectName(u"budgetLocked"_s);
    m_lock = dateField(tr("Budget lock"), u"d MMM yyyy"_s);
    m_lock->setObjectName(u"budgetLock"_s);
    term->main->addLayout(fieldRow(m_locked, m_lock));
    addRow(term->main, Knob::GateDays);

    connect(m_start, &QDateEdit::dateChanged, this, [this](QDate date) {
        m_draft.change([&](auto& set) { set.plan.start = base::Month::of(date.year(), date.month()); });
        m_draft.settleSoon();
    });
    const auto lock = [this] {
        m_lock->setEnabled(m_locked->isChecked());
        m_rows.at(Knob::GateDays)->setEnabled(m_locked->isChecked());
        m_draft.change([&](auto& set) {
            set.plan.budget_lock =
                m_locked->isChecked() ? std::optional(fromQDate(m_lock->date())) : std::nullopt;
        });
        m_draft.settleSoon();
    };
    connect(m_locked, &QCheckBox::toggled, this, lock);
    connect(m_lock, &QDateEdit::dateChanged, this, lock);
}

void WhatIfPanel::addButtons()
{
    auto* row = new QHBoxLayout;
    row->setSpacing(px(8));
    auto* reset = new QPushButton(tr("Reset"));
    reset->setObjectName(u"reset"_s);
    reset->setToolTip(tr("Back to the scenarios that fit this traffic"));
    auto* save = new QPushButton(tr("Save as…"));
    auto* open = new QPushButton(tr("Load…"));
    open->setObjectName(u"loadPreset"_s);
    open->setToolTip(tr("A preset, or a scenario file of yours"));
    m_presets = new QMenu(open);
    open->setMenu(m_presets);
    connect(m_presets, &QMenu::aboutToShow, this, &WhatIfPanel::fillPresets);
    fillPresets();
    row->addWidget(reset);
    row->addWidget(save);
    row->addWidget(open);
    row->addStretch();
    m_layout->addLayout(row);
    connect(reset, &QPushButton::clicked, this, [this] { m_draft.replace(m_draft.fitted()); });
    connect(save, &QPushButton::clicked, this, &WhatIfPanel::saveAs);
}

void WhatIfPanel::fillPresets()
{
    m_presets->clear();
    for (const Preset& preset : presets()) {
        auto* action = m_presets->addAction(preset.title);
        connect(action, &QAction::triggered, this, [this, preset] { load(preset.path, preset.bundled); });
    }
    m_presets->addSeparator();
    connect(m_presets->addAction(tr("From a file…")), &QAction::triggered, this, &WhatIfPanel::loadFile);
}

void WhatIfPanel::load(const QString& path, bool fit)
{
    const auto set = loadPreset(path);
    if (!set)
        return Q_EMIT failed(str(set.error().message));
    m_draft.replace(fit ? fitPreset(*set, m_draft.scenarios(), m_draft.fitted()) : *set);
    Q_EMIT done(tr("Loaded the scenarios “%1”.").arg(str(set->title)));
}

void WhatIfPanel::loadFile()
{
    const QString path = QFileDialog::getOpenFileName(this, tr("Load scenarios"), userPresetFolder(),
                                                      tr("Scenarios (*.json);;All files (*)"));
    if (!path.isEmpty())
        load(path, false);
}

void WhatIfPanel::saveAs()
{
    QString path = QFileDialog::getSaveFileName(
        this, tr("Save scenarios as"), userPresetFolder() + u"/scenarios.json"_s, tr("Scenarios (*.json)"));
    if (path.isEmpty())
        return;
    if (!path.endsWith(u".json"_s))
        path += u".json"_s;
    if (const auto saved = savePreset(m_draft.scenarios(), path); !saved)
        Q_EMIT failed(str(saved.error().message));
    else
        Q_EMIT done(tr("Saved the scenarios as %1.").arg(QFileInfo(path).fileName()));
}

void WhatIfPanel::focusBudgetLock()
{
    m_locked->setFocus(Qt::ShortcutFocusReason);
}

void WhatIfPanel::refresh()
{
    const auto& set = m_draft.scenarios();
    const QString sign = currencySign(m_draft.currency());
    for (auto& [knob, row] : m_rows) {
        row->setCurrency(sign);
        if (const auto value = knobValue(set, knob))
            row->setValue(*value);
        if (knobInfo(knob).unit == KnobUnit::MonthOfTerm)
            row->setNote(monthText(set.plan.start + (int(std::lround(row->value())) - 1)));
    }
    if (const auto riser = riseTarget(set))
        m_riser->setTarget(*riser);
    if (const auto target = secondVendor(set))
        m_target->setTarget(*target);
    m_prices->setVisible(riseTarget(set).has_value());
    m_second->setVisible(secondVendor(set).has_value());
    m_local->setVisible(knobValue(set, Knob::LocalShare).has_value());
    refreshPeople();

    const QSignalBlocker quietStart(m_start);
    const QSignalBlocker quietLocked(m_locked);
    const QSignalBlocker quietLock(m_lock);
    m_start->setDate(QDate(set.plan.start.year(), set.plan.start.month(), 1));
    const auto later = m_draft.laterStart();
    m_later->setVisible(later.has_value());
    if (later)
        m_later->setText(tr("Begin after the usage: %1").arg(monthText(*later)));
    m_locked->setChecked(set.plan.budget_lock.has_value());
    m_lock->setEnabled(set.plan.budget_lock.has_value());
    m_rows.at(Knob::GateDays)->setEnabled(set.plan.budget_lock.has_value());
    m_lock->setDate(set.plan.budget_lock ? toQDate(*set.plan.budget_lock)
                                         : QDate(set.plan.start.year() + 1, 1, 1));
    m_readOnly->setVisible(m_workspace.isReadOnly());
}

}
