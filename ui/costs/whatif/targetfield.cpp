#include "ui/costs/whatif/targetfield.h"

#include "ui/costs/whatif/numberfield.h"
#include "ui/costs/words.h"
#include "ui/widgets/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <set>

namespace leeway::ui {

namespace {

QComboBox* choiceBox(const QString& name)
{
    auto* box = new QComboBox;
    box->setAccessibleName(name);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(6);
    box->setMaxVisibleItems(16);
    box->setFocusPolicy(Qt::StrongFocus);
    box->installEventFilter(new WheelGuard(box));
    return box;
}

void choose(QComboBox* box, const QString& value)
{
    int at = box->findData(value);
    if (at < 0) { // a set may name what the sheet does not have
        box->addItem(value, value);
        at = box->count() - 1;
    }
    box->setCurrentIndex(at);
    box->setToolTip(box->currentText());
}

}

std::vector<Target> usedTargets(const usage::Cube& cube)
{
    std::set<std::pair<std::string, std::string>> used;
    for (const auto& cell : cube.cells)
        used.emplace(cell.key.vendor, cell.key.model);
    std::vector<Target> targets;
    for (const auto& [vendor, model] : used)
        targets.push_back({vendor, model});
    return targets;
}

std::vector<Target> sheetTargets(const pricing::Sheet& sheet)
{
    std::vector<Target> targets;
    for (const auto& model : sheet.models)
        targets.push_back({model.vendor, model.model});
    return targets;
}

TargetField::TargetField(const QString& name, bool any, QWidget* parent)
    : QWidget(parent),
      m_any(any),
      m_vendor(choiceBox(tr("%1: vendor").arg(name))),
      m_model(choiceBox(tr("%1: model").arg(name)))
{
    // Where the model matters, its name gets the whole width.
    auto* row = new QBoxLayout(any ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom, this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Theme::instance().px(6));
    row->addWidget(m_vendor, 2);
    row->addWidget(m_model, 3);
    connect(m_vendor, &QComboBox::activated, this, [this] {
        fillModels(m_vendor->currentData().toString());
        m_vendor->setToolTip(m_vendor->currentText());
        Q_EMIT chosen(target());
    });
    connect(m_model, &QComboBox::activated, this, [this] {
        m_model->setToolTip(m_model->currentText());
        Q_EMIT chosen(target());
    });
}

void TargetField::setChoices(const std::vector<Target>& choices)
{
    if (choices == m_choices && m_vendor->count() > 0)
        return;
    m_choices = choices;
    const Target before = target();
    const QSignalBlocker quiet(m_vendor);
    m_vendor->clear();
    if (m_any)
        m_vendor->addItem(tr("All vendors"), QString());
    std::set<std::string> vendors;
    for (const Target& choice : m_choices)
        vendors.insert(choice.vendor);
    for (const std::string& vendor : vendors)
        m_vendor->addItem(str(vendor), str(vendor));
    setTarget(before);
}

void TargetField::fillModels(const QString& vendor)
{
    const QSignalBlocker quiet(m_model);
    m_model->clear();
    if (m_any)
        m_model->addItem(tr("All models"), QString());
    std::set<std::string> models;
    for (const Target& choice : m_choices) {
        if (str(choice.vendor) == vendor)
            models.insert(choice.model);
    }
    for (const std::string& model : models)
        m_model->addItem(str(model), str(model));
    m_model->setEnabled(m_model->count() > 0);
}

void TargetField::setTarget(const Target& target)
{
    if (target == this->target() && m_vendor->count() > 0 && m_model->count() > 0)
        return;
    const QSignalBlocker quietVendor(m_vendor);
    const QSignalBlocker quietModel(m_model);
    choose(m_vendor, str(target.vendor));
    fillModels(str(target.vendor));
    choose(m_model, str(target.model));
}

Target TargetField::target() const
{
    return {utf8(m_vendor->currentData().toString()), utf8(m_model->currentData().toString())};
}

}
