#include "core/clauses/drift/serialise.h"

#include "core/base/text.h"
#include "core/clauses/places.h"
#include "core/clauses/serialise.h"

namespace leeway::clauses {
namespace {

using nlohmann::json;

json side_json(const ClauseSide& side, const document::Document& document, Places& places)
{
    if (side.block < 0)
        return nullptr;
    const auto text = [&](ByteRange range) {
        return base::to_valid_utf8(document.slice(range.begin, range.end));
    };
    json changed = json::array();
    for (const ByteRange& range : side.changed)
        changed.push_back(text(range));
    return {{"page", document::page_at(document, side.text.begin)},
            {"section", base::to_valid_utf8(places.section(side.block))},
            {"text", text(side.text)},
            {"changed", std::move(changed)}};
}

}

json to_json(const Drift& drift, const document::Document& before, const document::Document& after)
{
    json checks = json::array();
    for (const CheckDrift& check : drift.checks)
        checks.push_back({{"check", check.after.check},
                          {"course", to_string(check.course)},
                          {"before", to_json(check.before)},
                          {"after", to_json(check.after)}});
    json counts = json::object();
    for (const ClauseChange change : {ClauseChange::Unchanged, ClauseChange::Moved, ClauseChange::Reworded,
                                      ClauseChange::Added, ClauseChange::Removed})
        counts[std::string(to_string(change))] = drift.count(change);
    json changes = json::array();
    Places places_before(before);
    Places places_after(after);
    for (const ClauseDrift& clause : drift.clauses) {
        if (clause.change == ClauseChange::Unchanged || clause.change == ClauseChange::Moved)
            continue;
        changes.push_back({{"change", to_string(clause.change)},
                           {"before", side_json(clause.before, before, places_before)},
                           {"after", side_json(clause.after, after, places_after)}});
    }
    return {{"checks", std::move(checks)},
            {"clauses", {{"counts", std::move(counts)}, {"changes", std::move(changes)}}}};
}

}
