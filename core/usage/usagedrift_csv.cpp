#include "core/usage/usagedrift.h"

#include <fmt/format.h>
#include <string_view>

namespace leeway::usage {
namespace {

// In quotes; a spreadsheet must not take a name for a formula.
std::string quoted(std::string_view text)
{
    constexpr std::string_view formula_starts = "=+-@\t\r";
    std::string field = "\"";
    if (!text.empty() && formula_starts.find(text.front()) != std::string_view::npos)
        field += '\'';
    for (const char c : text) {
        if (c == '"')
            field += '"';
        field += c;
    }
    return field + '"';
}

std::string line(std::string_view vendor, std::string_view model, const DriftSide& before,
                 const DriftSide& after, const DriftParts& parts)
{
    std::string row = quoted(vendor) + ',' + quoted(model);
    for (const DriftSide* side : {&before, &after})
        row += fmt::format(",{},{},{},{},{}", side->requests, side->input, side->cached, side->output,
                           side->cost.to_string());
    row += ',' + (after.cost - before.cost).to_string();
    for (const base::Decimal& part : {parts.volume, parts.mix, parts.length, parts.cache, parts.price})
        row += ',' + part.to_string();
    return row + "\r\n";
}

}

std::string to_csv(const UsageDrift& drift)
{
    std::string csv = fmt::format(
        "vendor,model,requests_before,input_tokens_before,cached_tokens_before,output_tokens_before,"
        "cost_before_{0},requests_after,input_tokens_after,cached_tokens_after,output_tokens_after,"
        "cost_after_{0},difference,volume,mix,length,cache,price\r\n",
        drift.currency);
    for (const ModelDrift& model : drift.models)
        csv += line(model.vendor, model.model, model.before, model.after, model.parts);
    return csv + line("", "all", drift.before, drift.after, drift.parts);
}

}
