#include "core/usage/warehouse/query.h"

#include "core/usage/warehouse/columns.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <numeric>
#include <utility>

namespace leeway::usage::warehouse {
namespace {

using FieldKind = Field::Kind;
using pricing::Component;
using pricing::Side;
using Role = Output::Role;

constexpr std::array<std::string_view, 5> key_texts{"vendor", "model", "service_tier", "region", "tag"};
constexpr std::string_view largest_count = "1000000000000000";
constexpr int longest_text = 1000; // bytes
constexpr int longest_example = 80;

using List = std::vector<std::string>;

std::string joined(const List& parts, std::string_view separator)
{
    return fmt::format("{}", fmt::join(parts, separator));
}

bool is_part(const Field& field, Side side)
{
    return field.kind == FieldKind::Count && pricing::side_of(field.component) == side;
}

// The longest time that begins and ends whole hours and the off-peak hours of the sheet.
int slot_minutes(const pricing::Borders& borders)
{
    int minutes = 60;
    for (const pricing::Schedule& schedule : borders.schedules) {
        for (const pricing::WeekSpan& span : schedule.spans)
            minutes = std::gcd(minutes, std::gcd(span.begin, span.end));
    }
    return minutes;
}

// The input components in the order in which pricing::input_above cuts them off.
std::vector<Component> cut_order()
{
    pricing::Counts one_each;
    for (std::size_t i = 0; i < pricing::component_count; ++i)
        one_each.of[i] = pricing::side_of(static_cast<Component>(i)) == Side::Input ? 1 : 0;
    std::vector<Component> order;
    for (std::int64_t border = one_each.all_input() - 1; border >= 0; --border) {
        const pricing::Counts above = pricing::input_above(one_each, border);
        for (std::size_t i = 0; i < pricing::component_count; ++i) {
            const auto component = static_cast<Component>(i);
            if (above.of[i] > 0 && std::ranges::find(order, component) == order.end())
                order.push_back(component);
        }
    }
    return order;
}

// The statement is a chain of sub-selects, each of which adds to the rows of the one below.
class Builder
{
public:
    Builder(const Dialect& dialect, const FieldColumns& fields, const pricing::Borders& borders,
            base::Instant latest)
        : m_dialect(dialect),
          m_fields(fields),
          m_borders(borders),
          m_latest(latest)
    {
        for (std::size_t i = 0; i < usage_fields().size(); ++i) {
            const Field& field = usage_fields()[i];
            const bool counted = field.kind != FieldKind::Unread && field.component != Component::Count_;
            if (m_fields.has(i) && (counted || is_token_field(field)))
                m_counts.push_back(i);
        }
        for (const std::string_view text : key_texts) {
            if (m_fields.of.contains(field_of(text)))
                m_texts.emplace_back(text);
        }
        m_ids = m_fields.of.contains(field_of("request_id"));
        m_several = m_fields.has(field_of("requests"));
    }

    Query build(std::string_view relation, const std::string& condition, const std::vector<Column>& columns)
    {
        // A name that no column begins with: some engines would take the alias for the column in WHERE.
        while (std::ranges::any_of(columns, [&](const Column& c) { return c.name.starts_with(m_read); }))
            m_read += "x_";
        m_query.slot_minutes = slot_minutes(m_borders);
        m_query.fixed = m_fields.fixed;
        m_query.example = m_ids ? "request_id" : "time";
        std::string sql = fmt::format("SELECT {}\nFROM {}", joined(read_columns(), ",\n  "), relation);
        if (!condition.empty())
            sql += "\nWHERE " + condition;
        sql += m_dialect.barrier();
        const auto add_step = [&](const std::string& what) {
            sql = select_from(what, sql) + m_dialect.barrier();
        };
        add_step("*,\n  " + first_problem() + " AS unreadable");
        add_step(joined(checked_columns(), ",\n  "));
        add_step("*,\n  " + second_problem() + " AS problem");
        add_step(joined(keyed_columns(), ",\n  "));
        if (m_ids)
            sql = m_dialect.once(sql, "once_id", "at_second", kept_columns());
        add_step("*,\n  " + joined(measured_columns(), ",\n  "));
        m_query.sql = group(sql);
        return std::move(m_query);
    }

private:
    std::string read(std::string_view field) const { return fmt::format("{}{}", m_read, field); }

    // Every value in the engine's types.
    List read_columns() const
    {
        const Column& time = m_fields.of.at(field_of("time"));
        List list{fmt::format("{} AS {}", m_dialect.seconds(time), read("time"))};
        for (const std::string& text : m_texts)
            list.push_back(
                fmt::format("{} AS {}", m_dialect.text(m_fields.of.at(field_of(text))), read(text)));
        if (m_ids)
            list.push_back(fmt::format("{} AS {}", m_dialect.text(m_fields.of.at(field_of("request_id"))),
                                       read("request_id")));
        list.push_back(fmt::format("{} AS {}",
                                   m_dialect.text(m_ids ? m_fields.of.at(field_of("request_id")) : time),
                                   read("example")));
        for (const std::size_t i : m_counts) {
            const Field& field = usage_fields()[i];
            const int absent = field.component == Component::Request ? 1 : 0;
            const auto column = m_fields.of.find(i);
            list.push_back(fmt::format("{} AS {}",
                                       column == m_fields.of.end()
                                           ? fmt::format("{}", m_fields.constant.at(i))
                                           : m_dialect.number(column->second, absent),
                                       read(field.name)));
        }
        return list;
    }

    std::string first_problem() const
    {
        List cases;
        const auto when = [&](const std::string& condition, const std::string& problem) {
            cases.push_back(fmt::format("WHEN {} THEN {}", condition, m_dialect.literal(problem)));
        };
        const std::string time = read("time");
        when(time + " IS NULL", "has no readable time");
        when(time + " < 0", "time is before 1970");
        when(fmt::format("{} > {}", time, m_latest.time_since_epoch() / std::chrono::seconds(1)),
             "time is in the future");
        List texts = m_texts;
        if (m_ids)
            texts.emplace_back("request_id");
        for (const std::string& text : texts) {
            if (text == "model")
                when(read(text) + " = ''", "has no model");
            when(fmt::format("{} > {}", m_dialect.bytes(read(text)), longest_text),
                 fmt::format("{} is longer than {} bytes", text, longest_text));
        }
        for (const std::size_t i : m_counts) {
            const auto column = m_fields.of.find(i);
            if (column == m_fields.of.end())
                continue;
            const Field& field = usage_fields()[i];
            const std::string x = read(field.name);
            when(x + " < 0", fmt::format("{} is negative", field.name));
            when(fmt::format("NOT ({} <= {})", x, largest_count),
                 fmt::format("{} is out of range{}", field.name,
                             column->second.kind == Kind::Integer ? "" : " or not a number"));
            if (column->second.kind != Kind::Integer && field.kind != FieldKind::Seconds)
                when(fmt::format("{0} <> floor({0})", x),
                     fmt::format("{} is not a whole number", field.name));
            if (field.component == Component::Request)
                when(x + " < 1", "requests is 0");
        }
        return fmt::format("CASE {}\n    ELSE '' END", joined(cases, "\n    "));
    }

    // Counts as 64-bit integers; bad rows have zeros.
    List checked_columns() const
    {
        List list{"unreadable", read("time"), read("example")};
        for (const std::string& text : m_texts)
            list.push_back(read(text));
        if (m_ids)
            list.push_back(read("request_id"));
        for (const std::size_t i : m_counts) {
            const Field& field = usage_fields()[i];
            std::string x = fmt::format("CASE WHEN unreadable = '' THEN {} ELSE 0 END", read(field.name));
            const auto column = m_fields.of.find(i);
            if (field.kind == FieldKind::Seconds && column != m_fields.of.end() &&
                column->second.kind != Kind::Integer)
                x = fmt::format("floor({} + 0.5)", x);
            list.push_back(fmt::format("{} AS counted_{}", m_dialect.integer(x), field.name));
        }
        return list;
    }

    List parts_of(Side side) const
    {
        List parts;
        for (const std::size_t i : m_counts) {
            if (is_part(usage_fields()[i], side))
                parts.emplace_back(usage_fields()[i].name);
        }
        return parts;
    }

    bool counts(std::string_view field) const { return m_fields.has(field_of(field)); }

    std::string second_problem() const
    {
        std::string cases = "CASE WHEN unreadable <> '' THEN unreadable";
        for (const auto& [side, field] :
             {std::pair(Side::Input, "input_tokens"), std::pair(Side::Output, "output_tokens")}) {
            const List parts = parts_of(side);
            List counted;
            for (const std::string& part : parts)
                counted.push_back("counted_" + part);
            if (!parts.empty())
                cases += fmt::format("\n    WHEN {} > {} THEN {}", joined(counted, " + "),
                                     counts(field) ? fmt::format("counted_{}", field) : "0",
                                     m_dialect.literal(fmt::format("{} exceed {}, of which they are parts",
                                                                   joined(parts, " + "), field)));
        }
        return cases + "\n    ELSE '' END";
    }

    std::string whole(std::string_view field) const { return counts(field) ? std::string(field) : "0"; }

    // Bad rows fall together by their problem, and are left out of the search for ids that come twice.
    List keyed_columns() const
    {
        const auto of_good = [](const std::string& value, std::string_view otherwise, std::string_view name) {
            return fmt::format("CASE WHEN problem = '' THEN {} ELSE {} END AS {}", value, otherwise, name);
        };
        List list{"problem", of_good(read("time"), "0", "at_second")};
        for (const std::string& text : m_texts)
            list.push_back(of_good(read(text), "''", text));
        if (m_ids)
            list.push_back(of_good(read("request_id"), "''", "once_id"));
        list.push_back(fmt::format("CASE WHEN problem = '' THEN '' ELSE substring({}, 1, {}) END AS example",
                                   read("example"), longest_example));
        for (const std::size_t i : m_counts) {
            const Field& field = usage_fields()[i];
            const std::string value = fmt::format("counted_{}", field.name);
            list.push_back(of_good(value, field.component == Component::Request ? "1" : "0", field.name));
        }
        return list;
    }

    List kept_columns() const
    {
        List list{"problem", "example"};
        list.insert(list.end(), m_texts.begin(), m_texts.end());
        for (const std::size_t i : m_counts)
            list.emplace_back(usage_fields()[i].name);
        return list;
    }

    // Where an average length counts, division keeps products from growing too large.
    std::string bucket() const
    {
        if (m_borders.whole.empty())
            return "0";
        const std::string input = whole("input_tokens");
        std::string cases;
        for (std::size_t i = m_borders.whole.size(); i-- > 0;) {
            const std::int64_t border = m_borders.whole[i];
            std::string past = fmt::format("{} > {}", input, border);
            if (m_several && m_borders.reached[i])
                past = fmt::format("{} > {}", m_dialect.quotient(input, "requests"), border);
            else if (m_several)
                past = fmt::format("{} > 0 AND {} >= {}", input,
                                   m_dialect.quotient(fmt::format("({} - 1)", input), "requests"), border);
            cases += fmt::format(" WHEN {} THEN {}", past, border);
        }
        return fmt::format("CASE{} ELSE 0 END", cases);
    }

    std::string rest_of(Side side, std::string_view field) const
    {
        std::string rest = whole(field);
        for (const std::string& part : parts_of(side))
            rest += " - " + part;
        return rest;
    }

    List measured_columns() const
    {
        List list{fmt::format("{} AS slot",
                              m_dialect.quotient("at_second", fmt::format("{}", m_query.slot_minutes * 60))),
                  bucket() + " AS bucket", rest_of(Side::Input, "input_tokens") + " AS plain_input",
                  rest_of(Side::Output, "output_tokens") + " AS plain_output"};
        const std::string input = whole("input_tokens");
        for (std::size_t i = 0; i < m_borders.marginal.size(); ++i) {
            const std::int64_t border = m_borders.marginal[i];
            std::string over = fmt::format("CASE WHEN {0} > {1} THEN {0} - {1} ELSE 0 END", input, border);
            if (m_several)
                over = fmt::format("CASE WHEN {0} >= {1} THEN {2} - {1} * requests ELSE 0 END",
                                   m_dialect.quotient(input, "requests"), border, input);
            list.push_back(fmt::format("{} AS over_{}", over, i));
        }
        return list;
    }

    void give(List& list, Output output, const std::string& value)
    {
        m_query.outputs.push_back(output);
        list.push_back(value);
    }

    // What lies beyond a border is cut off the end of the prompt: see pricing::input_above.
    void give_above(List& list, std::size_t border)
    {
        std::string left = fmt::format("over_{}", border);
        for (const Component component : cut_order()) {
            std::string part = component == Component::Input ? "plain_input" : "";
            for (const std::size_t i : m_counts) {
                const Field& field = usage_fields()[i];
                if (is_part(field, Side::Input) && field.component == component)
                    part = field.name;
            }
            if (part.empty())
                continue;
            give(list, {Role::Above, 0, component, border},
                 m_dialect.sum(fmt::format("least(greatest({}, 0), {})", left, part)) +
                     fmt::format(" AS above_{}_{}", border, pricing::to_string(component)));
            left += " - " + part;
        }
    }

    std::string group(const std::string& rows)
    {
        List keys{"slot"};
        List list;
        give(list, {Role::Slot}, "slot");
        for (const std::string& text : m_texts) {
            give(list, {Role::Text, field_of(text)}, text);
            keys.push_back(text);
        }
        give(list, {Role::Bucket}, "bucket");
        give(list, {Role::Problem}, "problem");
        keys.insert(keys.end(), {"bucket", "problem"});
        give(list, {Role::Rows}, "count(*) AS row_count");
        if (m_ids)
            give(list, {Role::Copies}, "sum(copies) AS copy_count");
        if (m_several)
            give(list, {Role::Averaged}, "sum(CASE WHEN requests > 1 THEN 1 ELSE 0 END) AS averaged");
        give(list, {Role::FirstExample}, "min(example) AS first_example");
        give(list, {Role::LastExample}, "max(example) AS last_example");
        const auto give_sum = [&](Component component, const std::string& value) {
            give(list, {Role::Sum, 0, component},
                 m_dialect.sum(value) + fmt::format(" AS sum_{}", pricing::to_string(component)));
        };
        give_sum(Component::Input, "plain_input");
        give_sum(Component::Output, "plain_output");
        for (const std::size_t i : m_counts) {
            if (!is_token_field(usage_fields()[i]))
                give_sum(usage_fields()[i].component, std::string(usage_fields()[i].name));
        }
        for (std::size_t i = 0; i < m_borders.marginal.size(); ++i)
            give_above(list, i);
        return select_from(joined(list, ",\n  "), rows) + "\nGROUP BY " + joined(keys, ", ");
    }

    const Dialect& m_dialect;
    const FieldColumns& m_fields;
    const pricing::Borders& m_borders;
    base::Instant m_latest;
    std::string m_read = "read_";
    std::vector<std::size_t> m_counts; // fields of counts, by usage_fields()
    List m_texts;
    bool m_ids = false;
    bool m_several = false; // rows may sum up several requests
    Query m_query;
};

std::string days_condition(const Dialect& dialect, const Column& time, const Source& source)
{
    const bool typed = time.kind == Kind::Time || time.kind == Kind::Date;
    const std::string x = typed ? dialect.name(time.name) : dialect.seconds(time);
    const auto bound = [&](base::Date day) {
        return typed ? dialect.moment(time, day)
                     : fmt::format("{}", day.time_since_epoch() / std::chrono::seconds(1));
    };
    List conditions;
    if (source.first)
        conditions.push_back(fmt::format("{} >= {}", x, bound(*source.first)));
    if (source.last)
        conditions.push_back(fmt::format("{} < {}", x, bound(*source.last + std::chrono::days(1))));
    if (conditions.empty())
        return {};
    std::string condition = joined(conditions, " AND ");
    // A row without a time is in no range of days, but it is a bad row and has to be counted as one.
    return time.nullable || !typed ? fmt::format("{} IS NULL OR ({})", x, condition) : condition;
}

}

base::Result<Query> build_query(const Dialect& dialect, const std::vector<Column>& columns,
                                const Source& source, const pricing::Borders& borders, base::Instant latest)
{
    if (source.first && source.last && *source.last < *source.first)
        return base::fail(base::ErrorCode::Invalid,
                          fmt::format("The last day, {}, is before the first, {}.",
                                      base::to_string(*source.last), base::to_string(*source.first)));
    const auto relation = dialect.relation(source.table);
    if (!relation)
        return tl::unexpected(relation.error());
    const auto fields = field_columns(columns, source);
    if (!fields)
        return tl::unexpected(fields.error());
    const Column& time = fields->of.at(field_of("time"));
    Query query = Builder(dialect, *fields, borders, latest)
                      .build(*relation, days_condition(dialect, time, source), columns);
    query.table = source.table;
    return query;
}

}
