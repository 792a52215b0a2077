#include "core/fallback/gradeparts.h"
#include "core/fallback/jstext.h"
#include "core/fallback/sqlreader.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <re2/re2.h>

namespace leeway::fallback {
namespace {

using nlohmann::json;

struct Rules
{
    std::string dialect = "MySQL";
    std::optional<std::vector<std::string>> tables;
    std::optional<std::vector<std::string>> columns;
};

std::optional<std::vector<std::string>> list_at(const json& value, const char* key)
{
    if (!value.contains(key) || !value[key].is_array())
        return std::nullopt;
    std::vector<std::string> list;
    for (const json& item : value[key])
        list.push_back(js_string(item));
    return list;
}

base::Result<Rules> rules_of(const Grading& g)
{
    Rules rules;
    const json& value = g.wanted();
    if (value.is_null() || value == json(""))
        return rules;
    if (!value.is_object())
        return base::fail(base::ErrorCode::Invalid,
                          "needs databaseType, allowedTables or allowedColumns, or no value at all");
    if (value.contains("databaseType") && value["databaseType"].is_string() &&
        value["databaseType"] != json(""))
        rules.dialect = value["databaseType"].get<std::string>();
    static const std::vector<std::string> known = {
        "athena", "bigquery",   "db2",      "flinksql",  "hive",   "mariadb",     "mysql",
        "noql",   "postgresql", "redshift", "snowflake", "sqlite", "transactsql", "trino"};
    if (std::find(known.begin(), known.end(), lowered_unicode(rules.dialect)) == known.end())
        return base::fail(base::ErrorCode::Invalid,
                          fmt::format("“{}” is not a database type that is known", rules.dialect));
    rules.tables = list_at(value, "allowedTables");
    rules.columns = list_at(value, "allowedColumns");
    if (rules.columns) { // a column without its table is allowed when it is allowed with one
        for (const std::string& column : std::vector<std::string>(*rules.columns)) {
            const auto first = column.find("::");
            const auto second = first == std::string::npos ? first : column.find("::", first + 2);
            if (second != std::string::npos)
                rules.columns->push_back(column.substr(0, first) + "::null" + column.substr(second));
        }
    }
    return rules;
}

// The first entry that none of the allowed patterns covers.
std::string not_allowed(const std::vector<std::string>& entries, const std::vector<std::string>& allowed)
{
    if (allowed.empty())
        return {};
    for (const std::string& entry : entries) {
        const bool covered = std::any_of(allowed.begin(), allowed.end(), [&](const std::string& pattern) {
            re2::RE2::Options options;
            options.set_case_sensitive(false);
            options.set_log_errors(false);
            options.set_max_mem(std::int64_t{1} << 20);
            const re2::RE2 compiled("(?:" + pattern + ")", options);
            return compiled.ok() && re2::RE2::FullMatch(entry, compiled);
        });
        if (!covered)
            return entry;
    }
    return {};
}

// Empty when `text` is SQL within the rules.
std::string sql_fault(std::string_view text, const Rules& rules)
{
    std::string fault = suspicious_sql(text, rules.dialect);
    if (!fault.empty())
        return fault;
    const SqlReading reading = read_sql(text, rules.dialect);
    if (!reading.fault.empty())
        return reading.fault;
    if (rules.tables) {
        if (const std::string table = not_allowed(reading.tables, *rules.tables); !table.empty())
            return fmt::format("the SQL uses the table {}; allowed: {}", table,
                               fmt::join(*rules.tables, ", "));
    }
    if (rules.columns) {
        if (const std::string column = not_allowed(reading.columns, *rules.columns); !column.empty())
            return fmt::format("the SQL uses the column {}; allowed: {}", column,
                               fmt::join(*rules.columns, ", "));
    }
    return {};
}

Verdict is_sql(const Grading& g)
{
    const auto rules = rules_of(g);
    if (!rules)
        return cannot(rules.error().message);
    const std::string fault = sql_fault(g.output, *rules);
    return yes_or_no(fault.empty(), g, fault.empty() ? "the answer is SQL" : fault);
}

Verdict contains_sql(const Grading& g)
{
    const auto rules = rules_of(g);
    if (!rules)
        return cannot(rules.error().message);
    std::vector<std::string> blocks = sql_blocks(g.output);
    if (blocks.empty())
        blocks.push_back(g.output);
    std::string fault = "the answer holds no SQL";
    for (const std::string& block : blocks) {
        if (js_trimmed(block).empty())
            continue;
        fault = sql_fault(block, *rules);
        if (fault.empty())
            return yes_or_no(true, g, "the answer holds SQL");
    }
    return yes_or_no(false, g, fault);
}

}

void add_sql_graders(std::unordered_map<std::string_view, Grader>& graders)
{
    graders.insert({{"is-sql", is_sql}, {"contains-sql", contains_sql}});
}

}
