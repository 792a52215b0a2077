#include "core/clauses/playbook/compare.h"

#include "core/clauses/condition.h"

#include <algorithm>
#include <array>

namespace leeway::clauses {
namespace {

PackEffect effect_of(const Finding& before, const Finding& after)
{
    if (after.verdict != before.verdict)
        return after.verdict < before.verdict ? PackEffect::Better : PackEffect::Worse;
    // A confidence that moved alone changes nothing that a person reads.
    return after.evidence == before.evidence && after.parameters == before.parameters &&
                   after.why == before.why
               ? PackEffect::Same
               : PackEffect::Reread;
}

}

std::string_view to_string(PackEffect effect)
{
    static constexpr std::array<std::string_view, 6> names{"same",   "better", "worse",
                                                           "reread", "added",  "removed"};
    return names[static_cast<std::size_t>(effect)];
}

std::vector<PackChange> compare_packs(const Review& before, const Review& after)
{
    std::vector<PackChange> changes;
    for (const Finding& now : after.findings) {
        PackChange change{now.check, PackEffect::Added, std::nullopt, now};
        if (const Finding* old = find_finding(before.findings, now.check)) {
            change.before = *old;
            change.effect = effect_of(*old, now);
        }
        changes.push_back(std::move(change));
    }
    for (const Finding& old : before.findings) {
        if (find_finding(after.findings, old.check) == nullptr)
            changes.push_back({old.check, PackEffect::Removed, old, std::nullopt});
    }
    return changes;
}

}
