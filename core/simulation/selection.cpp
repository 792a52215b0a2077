#include "core/simulation/selection.h"

#include "core/base/text.h"
#include "core/usage/replay.h"

#include <algorithm>

namespace leeway::simulation {

Selection::Selection(const pricing::Sheet& sheet, const std::string& vendor, const std::string& model)
    : m_vendor(base::lowered(base::trimmed(vendor))),
      m_model(base::lowered(base::trimmed(model))),
      m_found(m_model.empty() ? nullptr : sheet.find(vendor, model))
{
}

bool Selection::has(const pricing::Model& model) const
{
    if (&model == m_last)
        return m_last_has;
    m_last = &model;
    m_last_has = (m_vendor.empty() || pricing::is_vendor(m_vendor, model)) &&
                 (m_model.empty() || m_found == &model || m_model == base::lowered(model.model));
    return m_last_has;
}

pricing::Component charged_as(const pricing::Model& model, pricing::Component component)
{
    const auto has_rate = [&](pricing::Component at) {
        return std::ranges::any_of(model.prices, [at](const pricing::DatedRates& dated) {
            return std::ranges::find(dated.rates, at, &pricing::Rate::component) != dated.rates.end();
        });
    };
    while (!has_rate(component) && pricing::whole_of(component) != component)
        component = pricing::whole_of(component);
    return component;
}

bool allows(const Rule& rule, const Line& line, const Traffic& traffic)
{
    const pricing::Model& model = *line.model;
    if (!rule.models.empty() && std::ranges::none_of(rule.models, [&](const std::string& name) {
            return usage::is_named(model.vendor, model.model, name);
        }))
        return false;
    if (!rule.tags.empty() && std::ranges::find(rule.tags, line.tag) == rule.tags.end())
        return false;
    if (rule.min_prompt_tokens > 0 && line.bucket < rule.min_prompt_tokens)
        return false;
    if (rule.max_prompt_tokens <= 0)
        return true;
    const auto next = std::ranges::upper_bound(traffic.thresholds, line.bucket);
    return next != traffic.thresholds.end() && *next <= rule.max_prompt_tokens;
}

}
