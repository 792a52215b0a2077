#pragma once

#include "core/pricing/cost.h"
#include "core/pricing/sheet.h"
#include "core/usage/cube.h"
#include "core/usage/formats/billed.h"
#include "core/usage/modelwords.h"

#include <array>
#include <cstddef>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace leeway::usage {

/// The parts of usage that bills tell apart.
inline constexpr std::array<std::string_view, 5> bill_parts{"input", "cache read", "cache write", "output",
                                                            "other"};
/// Tokens (or units) and cost of one of them.
std::pair<std::int64_t, base::Decimal> part_of(const pricing::Counts& counts, const pricing::Cost& cost,
                                               std::string_view part);

/// What a line of a bill is about, in the words of the price sheet as far as it knows them.
struct BillName
{
    std::string vendor;
    std::string model; // empty: none is named
    std::string part;  // of bill_parts, "tax" or "discount"; empty: not said
};
struct UsedName
{
    std::string vendor;
    std::string model;
};

/// The tokens that a line of a bill counts; none where its quantity is of something else, or missing.
std::optional<base::Decimal> tokens_billed(const BilledLine& line);

/// Gives logs and bills the same names for the same things.
class BillNames
{
public:
    BillNames(const Cube& cube, const pricing::Sheet& sheet);

    UsedName name_of(const std::string& vendor, const std::string& model);
    BillName name_of(const BilledLine& line);

private:
    struct Known
    {
        std::string vendor; // canonical
        UsedName name;
    };
    void add_name(const UsedName& name, std::initializer_list<const std::string*> spellings);
    [[nodiscard]] const UsedName* named_in(const std::string& vendor, std::string_view text) const;

    const pricing::Sheet& m_sheet;
    std::vector<Known> m_known; // first those of the log, then all of the sheet
    std::size_t m_used_names = 0;
    ModelWords m_words;                                             // indexes of m_known
    std::map<std::pair<std::string, std::string>, UsedName> m_used; // as logged → as in the sheet
};

}
