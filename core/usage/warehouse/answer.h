#pragma once

#include "core/base/result.h"
#include "core/pricing/load.h"
#include "core/usage/cubebuilder.h"
#include "core/usage/warehouse/query.h"
#include "core/usage/warehouse/records.h"

#include <cstdint>
#include <map>
#include <string>
#include <tuple>

namespace leeway::usage::warehouse {

/// Puts the rows of an answer together to the cube that reading every line would have given.
class Answer
{
public:
    Answer(const Query& query, const pricing::Sheet& sheet) : m_query(query), m_builder(sheet) {}

    /// Unreadable for a row that is not an answer to the query, TooLarge for too many cells.
    base::Status add(Row row);
    /// Empty for a table without rows; Invalid for one without a good row, or with over 1,000 rows of which
    /// more than 20 % are bad. `source` names the table in the cube.
    base::Result<Cube> take(const std::string& source);

private:
    struct Group;
    struct Bad
    {
        std::int64_t rows = 0;
        std::string first;
        std::string last;
    };
    using LoadKey = std::tuple<std::string, std::string, std::string>; // vendor, model, service tier

    base::Status read(Row row, Group& group) const;
    void add_bad(const Group& group, const std::string& problem);
    void add_load(const Group& group);
    [[nodiscard]] std::vector<pricing::ModelLoad> loads() const;

    const Query& m_query;
    CubeBuilder m_builder;
    std::map<std::string, Bad> m_bad; // by problem
    std::map<LoadKey, std::map<std::int32_t, pricing::HourLoad>> m_loads;
    std::int64_t m_good_rows = 0;
    std::int64_t m_bad_rows = 0;
    std::int64_t m_averaged = 0;
    std::int64_t m_duplicates = 0;
};

}
