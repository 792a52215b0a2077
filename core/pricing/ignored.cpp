#include "core/pricing/ignored.h"

#include <fmt/format.h>

namespace leeway::pricing {

void Ignored::field(const std::string& model, const std::string& name, std::string_view reason)
{
    Seen& seen = m_fields[{name, std::string(reason)}];
    if (seen.count++ == 0)
        seen.example = model;
}

std::vector<std::string> Ignored::list() const
{
    std::vector<std::string> lines;
    for (const auto& [what, seen] : m_fields)
        lines.push_back(seen.count == 1 ? fmt::format("{} of {}: {}", what.first, seen.example, what.second)
                                        : fmt::format("{} of {} models, such as {}: {}", what.first,
                                                      seen.count, seen.example, what.second));
    lines.insert(lines.end(), m_models.begin(), m_models.end());
    return lines;
}

}
