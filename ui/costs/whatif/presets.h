#pragma once

#include "core/simulation/scenario.h"

#include <QString>
#include <vector>

namespace leeway::ui {

struct Preset
{
    QString path;
    QString title;
    bool bundled = false;
};

/// The scenario files that come with Leeway, then the user's own, each readable.
std::vector<Preset> presets();
/// Where Save as… puts a user's scenarios first; made when it is not there.
QString userPresetFolder();

base::Result<simulation::ScenarioSet> loadPreset(const QString& path);
base::Status savePreset(const simulation::ScenarioSet& set, const QString& path);

/// Presets are written for any traffic. Where one leaves the vendors open, or names a second vendor's model
/// that is left open, it takes those of `current`, then of `fitted`; the term stays where it is in `current`.
simulation::ScenarioSet fitPreset(const simulation::ScenarioSet& preset,
                                  const simulation::ScenarioSet& current,
                                  const simulation::ScenarioSet& fitted);

}
