// Names and values as a hostile table or user may choose them: whatever they are, the statement around them
// stays the same, which is to say that none gets out of its quotes.

#include "core/usage/warehouse/query.h"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace leeway;
using namespace leeway::usage::warehouse;

namespace {

// The statement with every quoted piece replaced by its quotes, as the engine would take it apart.
std::string skeleton(std::string_view sql, bool backslashes)
{
    std::string result;
    for (std::size_t i = 0; i < sql.size(); ++i) {
        result += sql[i];
        if (sql[i] != '"' && sql[i] != '\'')
            continue;
        const char quote = sql[i];
        for (++i; i < sql.size(); ++i) {
            if (backslashes && sql[i] == '\\')
                ++i;
            else if (sql[i] == quote && i + 1 < sql.size() && sql[i + 1] == quote)
                ++i;
            else if (sql[i] == quote)
                break;
        }
        if (i >= sql.size())
            std::abort(); // a quote is still open
        result += quote;
    }
    return result;
}

base::Result<Query> query_of(const Dialect& dialect, const std::string& table, const std::string& column)
{
    const std::vector<Column> columns{
        {"when", "", Kind::Text, true}, {column, "", Kind::Text, true}, {"n", "", Kind::Integer, true}};
    Source source{table, {}, {}, {}};
    source.mapping.column_of = {
        {"time", "when"}, {"model", column}, {"request_id", column}, {"input_tokens", "n"}};
    source.mapping.fixed = {{"vendor", column}};
    return build_query(dialect, columns, source, {}, base::Instant(std::chrono::hours(500'000)));
}

}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    std::string text(reinterpret_cast<const char*>(data), std::min<std::size_t>(size, 200));
    static_cast<void>(parse_connection(text));
    for (const Engine engine : {Engine::ClickHouse, Engine::PostgreSql, Engine::DuckDb}) {
        const Dialect& dialect = dialect_of(engine);
        static_cast<void>(query_of(dialect, text, "plain"));
        std::string quoted = "\"";
        for (const char c : text)
            quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
        const auto asked = query_of(dialect, quoted + '"', text + "_");
        const auto plain = query_of(dialect, "plain", "plain");
        const bool backslashes = engine == Engine::ClickHouse;
        if (!plain || (asked && skeleton(asked->sql, backslashes) != skeleton(plain->sql, backslashes)))
            std::abort();
    }
    return 0;
}
