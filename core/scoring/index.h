#pragma once

#include "core/base/result.h"
#include "core/clauses/pack.h"
#include "core/clauses/review.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::scoring {

/// Changes whenever the same verdicts and profile could give another index.
inline constexpr std::string_view formula_version = "1.0";

/// Weights and gates of a buyer. A check that `weights` does not name has the pack's default weight.
struct Profile
{
    std::string id;
    std::string title;
    std::string note;                      // for whom it is
    std::map<std::string, double> weights; // check id → 0…10, to two decimals
    std::vector<std::string> gates;        // checks that must be met

    bool operator==(const Profile&) const = default;
};

/// A check's verdict as the index sees it: the reviewer's decision where there is one, otherwise the
/// finding's.
struct Answer
{
    std::string check;
    clauses::Verdict verdict = clauses::Verdict::Missing;
    double confidence = 1; // of the finding; ignored once reviewed
    bool reviewed = false;
};

/// In tenths of a point, so that sums are exact: 684 is shown as 68.4.
using Tenths = int;

struct Contribution
{
    std::string check;
    std::string category;
    double weight = 0;       // in this profile
    double share = 0;        // weight / sum of weights, 0…1
    double severity = 0;     // 0 met … 1 adverse
    Tenths points = 0;       // its part of the index
    Tenths index_if_met = 0; // what the index would become
};

struct SubScore
{
    std::string category;
    Tenths value = 0; // 0…1000 within the category
    int checks = 0;
};

struct Gate
{
    std::string check;
    bool passed = false;
};

/// The lock-in index: 0 free … 1000 locked (tenths), with everything that it is made of.
struct Index
{
    Tenths value = 0;
    Tenths low = 0; // the range that unreviewed findings leave open
    Tenths high = 0;
    int reviewed = 0;
    int checks = 0;
    std::vector<Contribution> contributions; // in the pack's order; points add up to value exactly
    std::vector<SubScore> categories;        // in the pack's order
    std::vector<Gate> gates;
    std::string profile;
    std::string formula;
};

/// How much of the freedom to leave a verdict takes, in tenths: 0, 4, 8, 10 for met, partial, missing,
/// adverse. The one place where the formula's steps are written down; why: resources/help/scoring.md.
int severity_tenths(clauses::Verdict verdict);

/// index = 100 × Σ weight × severity / Σ weight, half up to a tenth; reviewed answers have no spread. The
/// last answer to a check counts, answers to checks that the pack lacks do not. A check without an answer
/// counts as missing (protective) or met (hazard) with confidence 0; weights count to two decimals, 0…10;
/// weights that are all 0 give index 0. Gates on checks that the pack lacks are left out.
Index lock_in_index(const clauses::Pack& pack, const std::vector<Answer>& answers, const Profile& profile);

/// The pack's own weights and gates.
Profile pack_profile(const clauses::Pack& pack);

/// Errors name line and path. Format: templates/profiles/profile.schema.json.
base::Result<Profile> parse_profile(const std::string& name, std::string_view text);
/// A file, or the id of a bundled profile ("balanced", "regulated", "cost-driven").
base::Result<Profile> load_profile(const std::string& path_or_id);
/// In the order of their ids, so "balanced" is first.
base::Result<std::vector<Profile>> bundled_profiles();
/// The text of a profile file.
std::string to_json(const Profile& profile);

}
