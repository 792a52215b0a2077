#include "core/base/text.h"
#include "core/fallback/sqlreader.h"

#include <algorithm>
#include <re2/re2.h>

namespace leeway::fallback {
namespace {

// Where text between marks ends, escapes and doubled marks considered.
std::size_t mark_end(std::string_view sql, std::size_t from)
{
    const char close = sql[from] == '[' ? ']' : sql[from];
    for (std::size_t i = from + 1; i < sql.size(); ++i) {
        if (close != ']' && sql[i] == '\\')
            ++i;
        else if (sql[i] == close && i + 1 < sql.size() && sql[i + 1] == close)
            ++i;
        else if (sql[i] == close)
            return i + 1;
    }
    return sql.size();
}

std::size_t end_or(std::size_t at, std::size_t length, std::size_t size)
{
    return at == std::string_view::npos ? size : at + length;
}

// The SQL with a question mark for every text and quoted name, without comments.
std::string bare(std::string_view sql, bool brackets)
{
    std::string result;
    for (std::size_t i = 0; i < sql.size();) {
        const char c = sql[i];
        const std::string_view rest = sql.substr(i);
        if (c == '\'' || c == '"' || c == '`' || (c == '[' && brackets)) {
            i = mark_end(sql, i);
            result += " ? ";
        } else if (rest.starts_with("--") || c == '#') {
            i = end_or(sql.find_first_of("\r\n", i), 0, sql.size());
            result += ' ';
        } else if (rest.starts_with("/*")) {
            i = end_or(sql.find("*/", i + 2), 2, sql.size());
            result += ' ';
        } else {
            result += c;
            ++i;
        }
    }
    return result;
}

bool is_modifier(std::string_view word, bool mysql)
{
    constexpr std::string_view more[] = {"distinctrow",         "high_priority",     "straight_join",
                                         "sql_big_result",      "sql_buffer_result", "sql_cache",
                                         "sql_calc_found_rows", "sql_no_cache",      "sql_small_result"};
    return word == "all" || word == "distinct" ||
           (mysql && std::find(std::begin(more), std::end(more), word) != std::end(more));
}

// SELECT a b FROM: more likely a comma forgotten than a new name for a.
bool lacks_comma(std::string_view sql, bool mysql)
{
    static const re2::RE2 start("(?i)\\bselect\\s+");
    static const re2::RE2 word("([A-Za-z_][A-Za-z0-9_]*)\\s+");
    static const re2::RE2 rest("(?i)([A-Za-z_][A-Za-z0-9_]*)\\s+from\\b");
    re2::StringPiece input(sql.data(), sql.size());
    while (re2::RE2::FindAndConsume(&input, start)) {
        re2::StringPiece behind = input;
        std::string first;
        do {
            first.clear();
        } while (re2::RE2::Consume(&behind, word, &first) && is_modifier(base::lowered(first), mysql));
        if (!first.empty() && re2::RE2::Consume(&behind, rest))
            return true;
    }
    return false;
}

}

std::string suspicious_sql(std::string_view text, std::string_view dialect)
{
    const std::string sql(base::trimmed(text));
    const bool mysql = dialect == "MySQL" || dialect == "MariaDB";
    if (sql.empty())
        return "the answer is empty";
    if (std::count(sql.begin(), sql.end(), '`') % 2 != 0)
        return "the SQL has an odd number of backquotes";
    if (lacks_comma(bare(sql, dialect == "TransactSQL" || dialect == "Sqlite"), mysql))
        return "the SQL lacks a comma between two columns";
    static const re2::RE2 series("(?i)\\bgenerate_series\\s*\\(");
    if (dialect == "MySQL" && re2::RE2::PartialMatch(sql, series))
        return "MySQL has no generate_series";
    return {};
}

}
