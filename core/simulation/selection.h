#pragma once

#include "core/simulation/scenario.h"
#include "core/simulation/traffic.h"

#include <string>

namespace leeway::simulation {

/// The models that a vendor (empty: any) and a model (empty: any) name.
class Selection
{
public:
    Selection(const pricing::Sheet& sheet, const std::string& vendor, const std::string& model);

    [[nodiscard]] bool has(const pricing::Model& model) const;

private:
    std::string m_vendor;
    std::string m_model;
    const pricing::Model* m_found;
    mutable const pricing::Model* m_last = nullptr; // lines of one model follow one another
    mutable bool m_last_has = false;
};

/// The component whose rate `component` is charged at: its own, or that of its whole if the model has none
/// for it.
pricing::Component charged_as(const pricing::Model& model, pricing::Component component);

/// Whether the rule lets the line move. A line is as long as its context tier: longer than the tier's border,
/// and no longer than the next one's.
bool allows(const Rule& rule, const Line& line, const Traffic& traffic);

}
