#pragma once

#include "core/base/json.h"
#include "core/clauses/condition.h"
#include "core/clauses/pack.h"
#include "core/clauses/review.h"
#include "core/clauses/rules.h"
#include "core/document/document.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace leeway::clauses {

/// When a position counts as reached.
struct PositionRule
{
    std::optional<Condition> when; // none: the verdict alone decides, see by_verdict()
};

/// Something that must not stand anywhere in the contract.
struct UnacceptableRule
{
    std::optional<Condition> when; // none: people look for it
};

/// The negotiating rules of one check, in the order of its positions and unacceptable entries.
struct CheckPlaybook
{
    CheckRules rules; // the signals of the check, then those of the playbook; parameters of the playbook
    std::size_t check_signals = 0; // how many are the check's
    std::vector<PositionRule> positions;
    std::vector<UnacceptableRule> unacceptable;
};

/// In the order of the pack's checks.
class Playbook
{
public:
    std::vector<CheckPlaybook> checks;
};

/// Whether a position of `count` is reached by a verdict where the pack states no condition. Partial reaches
/// the last one; met reaches all but the first of three or more, since an ideal asks for more than a check.
bool by_verdict(std::size_t position, std::size_t count, Verdict verdict);

/// An unacceptable entry that the contract holds.
struct Breach
{
    std::size_t entry = 0; // in Check::unacceptable
    std::vector<Evidence> evidence;
    std::vector<std::string> why;

    bool operator==(const Breach&) const = default;
};

/// Where a contract stands in the negotiation of one check.
struct Stand
{
    std::string check;
    std::optional<std::size_t> position; // the best that is reached, in Check::positions
    bool stated = false;                 // by a condition of the pack, not by the verdict alone
    std::vector<Evidence> evidence;      // for the position, beyond that of the finding
    std::vector<std::string> why;
    std::vector<Breach> breaches;
    std::vector<std::size_t> unread; // unacceptable entries that people must look for

    /// A position is reached and nothing unacceptable was found.
    [[nodiscard]] bool acceptable() const { return position.has_value() && breaches.empty(); }

    bool operator==(const Stand&) const = default;
};

/// Holds a document against the positions of a pack, in the order of its checks. `findings` are those of its
/// review by this pack, with a person's verdict where there is one. What is unacceptable is looked for in the
/// whole document, whatever position is reached. Deterministic.
std::vector<Stand> take_stands(const document::Document& document, const std::vector<Finding>& findings,
                               const Pack& pack);

/// Reads the conditions that stand in a validated pack file and in the playbook file that it names; those of
/// the latter win. The checks and rules of `pack` are there. Errors name file, line and path.
base::Result<Playbook> compile_playbook(const base::JsonFile& file, const base::JsonFile* playbook,
                                        const Pack& pack);

}
