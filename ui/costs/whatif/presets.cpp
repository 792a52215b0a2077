#include "ui/costs/whatif/presets.h"

#include "core/base/file.h"
#include "ui/costs/whatif/knobs.h"
#include "ui/costs/words.h"

#include <QDir>
#include <QStandardPaths>

namespace leeway::ui {

namespace {

void addFolder(std::vector<Preset>& found, const QDir& folder, bool bundled)
{
    for (const QFileInfo& file : folder.entryInfoList({u"*.json"_s}, QDir::Files, QDir::Name)) {
        if (file.fileName().endsWith(u".schema.json"_s))
            continue;
        if (const auto set = loadPreset(file.absoluteFilePath()))
            found.push_back({file.absoluteFilePath(), str(set->title), bundled});
    }
}

}

std::vector<Preset> presets()
{
    std::vector<Preset> found;
    addFolder(found, QDir(QString::fromStdString((base::data_folder() / "templates" / "scenarios").string())),
              true);
    addFolder(found, QDir(userPresetFolder()), false);
    return found;
}

QString userPresetFolder()
{
    const QString folder =
        QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + u"/scenarios"_s;
    QDir().mkpath(folder);
    return folder;
}

base::Result<simulation::ScenarioSet> loadPreset(const QString& path)
{
    return simulation::load_scenarios(utf8(path));
}

base::Status savePreset(const simulation::ScenarioSet& set, const QString& path)
{
    simulation::ScenarioSet named = set;
    const QString name = QFileInfo(path).completeBaseName();
    named.title = utf8(name);
    return base::write_file(utf8(path), simulation::to_json(named));
}

simulation::ScenarioSet fitPreset(const simulation::ScenarioSet& preset,
                                  const simulation::ScenarioSet& current,
                                  const simulation::ScenarioSet& fitted)
{
    simulation::ScenarioSet set = preset;
    if (!current.scenarios.empty())
        set.plan = current.plan;
    const auto from = [&](auto read) {
        const auto own = read(current);
        return own ? own : read(fitted);
    };
    if (const auto riser = riseTarget(set); riser && riser->vendor.empty() && riser->model.empty()) {
        if (const auto known = from([](const auto& s) { return riseTarget(s); }))
            setRiseTarget(set, *known);
    }
    if (const auto second = secondVendor(set); second && second->model.empty()) {
        if (const auto known = from([](const auto& s) { return secondVendor(s); }))
            setSecondVendor(set, *known);
    }
    return set;
}

}
