#include "core/fallback/sqltokens.h"

#include "core/base/text.h"

#include <algorithm>
#include <unordered_set>

namespace leeway::fallback {
namespace {

bool starts_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           (static_cast<unsigned char>(c) & 0x80U) != 0;
}

bool digit(char c)
{
    return c >= '0' && c <= '9';
}

bool in_word(char c)
{
    return starts_word(c) || digit(c) || c == '$';
}

std::string capitals(std::string_view text)
{
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return result;
}

class Scanner
{
public:
    Scanner(std::string_view text, std::string_view dialect)
        : m_in(text),
          m_mysql(dialect == "MYSQL" || dialect == "MARIADB"),
          m_brackets(dialect == "TRANSACTSQL" || dialect == "SQLITE")
    {
    }

    std::vector<SqlToken> run()
    {
        for (skip(); m_at < m_in.size(); skip())
            token();
        m_out.push_back({});
        return std::move(m_out);
    }

private:
    [[nodiscard]] bool ahead(std::string_view text) const { return m_in.substr(m_at).starts_with(text); }

    void skip()
    {
        while (m_at < m_in.size()) {
            const char c = m_in[m_at];
            if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f')
                ++m_at;
            else if (ahead("--") || (m_mysql && c == '#'))
                m_at = std::min(m_in.find('\n', m_at), m_in.size());
            else if (ahead("/*"))
                m_at = std::min(m_in.find("*/", m_at + 2), m_in.size() - 2) + 2;
            else
                return;
        }
    }

    void add(SqlKind kind, std::string text, std::string word = {})
    {
        m_out.push_back({kind, std::move(text), std::move(word)});
    }

    // Text up to `close`, doubled or escaped marks included.
    void quoted(char close, SqlKind kind, bool escapes)
    {
        std::string text;
        for (++m_at; m_at < m_in.size(); ++m_at) {
            const char c = m_in[m_at];
            if (c == '\\' && escapes && m_at + 1 < m_in.size()) {
                text += m_in[++m_at];
            } else if (c != close) {
                text += c;
            } else if (m_at + 1 < m_in.size() && m_in[m_at + 1] == close) {
                text += close;
                ++m_at;
            } else {
                ++m_at;
                return add(kind, std::move(text));
            }
        }
        add(SqlKind::Bad, std::move(text));
    }

    bool dollar_text()
    {
        std::size_t end = m_at + 1;
        while (end < m_in.size() && in_word(m_in[end]) && m_in[end] != '$')
            ++end;
        if (end >= m_in.size() || m_in[end] != '$')
            return false;
        const std::string_view mark = m_in.substr(m_at, end + 1 - m_at);
        const auto close = m_in.find(mark, end + 1);
        if (close == std::string_view::npos)
            return false;
        add(SqlKind::Text, std::string(m_in.substr(end + 1, close - end - 1)));
        m_at = close + mark.size();
        return true;
    }

    void number()
    {
        const std::size_t from = m_at;
        const auto digits = [&] {
            while (m_at < m_in.size() && digit(m_in[m_at]))
                ++m_at;
        };
        if (ahead("0x") || ahead("0X")) {
            m_at += 2;
            while (m_at < m_in.size() && in_word(m_in[m_at]))
                ++m_at;
            return add(SqlKind::Number, std::string(m_in.substr(from, m_at - from)));
        }
        digits();
        if (m_at < m_in.size() && m_in[m_at] == '.') {
            ++m_at;
            digits();
        }
        if (m_at + 1 < m_in.size() && (m_in[m_at] == 'e' || m_in[m_at] == 'E') &&
            (digit(m_in[m_at + 1]) || ((m_in[m_at + 1] == '-' || m_in[m_at + 1] == '+') &&
                                       m_at + 2 < m_in.size() && digit(m_in[m_at + 2])))) {
            m_at += 2;
            digits();
        }
        const bool glued = m_at < m_in.size() && starts_word(m_in[m_at]);
        add(glued ? SqlKind::Bad : SqlKind::Number, std::string(m_in.substr(from, m_at - from)));
    }

    void word()
    {
        const std::size_t from = m_at;
        while (m_at < m_in.size() && in_word(m_in[m_at]))
            ++m_at;
        const std::string text(m_in.substr(from, m_at - from));
        const std::string upper = capitals(text);
        if ((upper == "N" || upper == "E" || upper == "B" || upper == "X") && m_at < m_in.size() &&
            m_in[m_at] == '\'')
            return quoted('\'', SqlKind::Text, true);
        add(SqlKind::Word, text, upper);
    }

    void parameter()
    {
        const std::size_t from = m_at++;
        if (m_in[from] == '@' && ahead("@"))
            ++m_at;
        while (m_at < m_in.size() && (in_word(m_in[m_at]) || (m_in[from] == '@' && m_in[m_at] == '.')))
            ++m_at;
        add(SqlKind::Parameter, std::string(m_in.substr(from, m_at - from)));
    }

    void token()
    {
        const char c = m_in[m_at];
        const char next = m_at + 1 < m_in.size() ? m_in[m_at + 1] : '\0';
        if (c == '\'')
            return quoted('\'', SqlKind::Text, m_mysql);
        if (c == '"')
            return quoted('"', m_mysql ? SqlKind::Text : SqlKind::Quoted, m_mysql);
        if (c == '`')
            return quoted('`', SqlKind::Quoted, false);
        if (c == '[' && m_brackets)
            return quoted(']', SqlKind::Quoted, false);
        if (starts_word(c))
            return word();
        if (digit(c) || (c == '.' && digit(next)))
            return number();
        if (c == '$' && dollar_text())
            return;
        if (c == '?' || ((c == ':' || c == '@' || c == '$') && (in_word(next) || (c == '@' && next == '@'))))
            return parameter();
        for (const std::string_view sign : {"<=>", "->>", "#>>", "!~*", "<>", "!=", ">=", "<=", "||", "&&",
                                            "::",  ":=",  "->",  "#>",  "~*", "!~", "<<", ">>", "@>", "<@"}) {
            if (ahead(sign)) {
                m_at += sign.size();
                return add(SqlKind::Sign, std::string(sign));
            }
        }
        ++m_at;
        const bool known = std::string_view("()*,;.=<>+-/%^&|~![]{}:").find(c) != std::string_view::npos;
        add(known ? SqlKind::Sign : SqlKind::Bad, std::string(1, c));
    }

    std::string_view m_in;
    std::size_t m_at = 0;
    bool m_mysql;
    bool m_brackets;
    std::vector<SqlToken> m_out;
};

std::unordered_set<std::string> word_set(std::string_view list)
{
    std::unordered_set<std::string> result;
    for (std::string& word : base::split(list, ' '))
        result.insert(std::move(word));
    return result;
}

}

std::vector<SqlToken> sql_tokens(std::string_view text, std::string_view dialect)
{
    return Scanner(text, capitals(dialect)).run();
}

bool is_reserved_sql(std::string_view word, bool mysql)
{
    static const auto everywhere = word_set(
        "ADD ALL ALTER AND AS ASC BETWEEN BY CASE CONSTRAINT CREATE DELETE DESC DISTINCT DROP ELSE EXISTS "
        "EXPLAIN FALSE FROM FULL GROUP HAVING IN INNER INSERT INTO IS JOIN LEFT LIKE LIMIT NOT NULL ON OR "
        "ORDER OUTER PARTITION RENAME RIGHT SELECT SET SHOW TABLE THEN TRUE UNION UPDATE USING WHEN WHERE "
        "WINDOW WITH CROSS INTERSECT EXCEPT");
    static const auto in_mysql = word_set(
        "ANALYZE BEFORE CHECK COLLATE DATABASE DEFAULT DESCRIBE FOR FOREIGN INTERVAL KEY LOCK PRIMARY RANK "
        "READ REPLACE ROW ROWS SCHEMA TO UNIQUE USE VALUES FUNCTION CURRENT_DATE");
    static const auto elsewhere = word_set("END OFFSET SESSION TRUNCATE CURRENT_DATE RETURNING");
    const std::string key(word);
    return everywhere.contains(key) || (mysql ? in_mysql : elsewhere).contains(key);
}

}
