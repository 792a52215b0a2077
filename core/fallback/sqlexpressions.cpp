#include "core/fallback/sqlexpressions.h"

#include "core/base/text.h"

#include <algorithm>
#include <fmt/format.h>

namespace leeway::fallback {

SqlExpressions::SqlExpressions(std::string_view text, std::string_view dialect)
    : m_tokens(sql_tokens(text, dialect)),
      m_mysql(base::lowered(dialect) == "mysql" || base::lowered(dialect) == "mariadb"),
      m_postgres(base::lowered(dialect) == "postgresql"),
      m_top(base::lowered(dialect) == "transactsql")
{
}

bool SqlExpressions::at(std::string_view sign) const
{
    return ahead(0, sign);
}

bool SqlExpressions::ahead(std::size_t offset, std::string_view sign) const
{
    return m_at + offset < m_tokens.size() && m_tokens[m_at + offset].kind == SqlKind::Sign &&
           m_tokens[m_at + offset].text == sign;
}

bool SqlExpressions::word_at(std::size_t offset, std::string_view word) const
{
    return m_at + offset < m_tokens.size() && m_tokens[m_at + offset].word == word;
}

bool SqlExpressions::take(std::string_view sign)
{
    if (failed() || !at(sign))
        return false;
    advance(1);
    return true;
}

bool SqlExpressions::take_word(std::string_view word)
{
    if (failed() || !at_word(word))
        return false;
    advance(1);
    return true;
}

void SqlExpressions::expect(std::string_view sign)
{
    if (!take(sign))
        refuse();
}

void SqlExpressions::expect_word(std::string_view word)
{
    if (!take_word(word))
        refuse();
}

void SqlExpressions::advance(std::size_t count)
{
    m_at = std::min(m_at + count, m_tokens.size() - 1);
}

void SqlExpressions::refuse()
{
    if (!failed())
        m_reading.fault =
            at_end() ? "the SQL ends too early"
                     : fmt::format("the SQL is not understood at “{}”", base::shortened(current().text, 40));
}

bool SqlExpressions::ahead_name(std::size_t offset) const
{
    if (m_at + offset >= m_tokens.size())
        return false;
    const SqlToken& token = m_tokens[m_at + offset];
    return token.kind == SqlKind::Quoted ||
           (token.kind == SqlKind::Word && !is_reserved_sql(token.word, m_mysql));
}

bool SqlExpressions::ahead_type(std::size_t offset) const
{
    return m_at + offset < m_tokens.size() && m_tokens[m_at + offset].kind == SqlKind::Word &&
           !ahead(offset + 1, "(");
}

std::string SqlExpressions::take_name()
{
    if (failed() || !name_ahead()) {
        refuse();
        return {};
    }
    std::string name = current().text;
    advance(1);
    return name;
}

void SqlExpressions::dotted_name()
{
    take_name();
    while (take("."))
        take_name();
}

std::string SqlExpressions::table_name(const std::string& verb)
{
    std::string database = "null";
    std::string name;
    if (m_mysql && current().kind == SqlKind::Text &&
        !failed()) { // "users" in MySQL with ANSI quotation marks
        name = current().text;
        advance(1);
    } else {
        name = take_name();
    }
    while (take(".")) {
        database = name;
        name = take_name();
    }
    add_table(verb + "::" + database + "::" + name);
    return name;
}

void SqlExpressions::add_table(const std::string& entry)
{
    if (!failed() &&
        std::find(m_reading.tables.begin(), m_reading.tables.end(), entry) == m_reading.tables.end())
        m_reading.tables.push_back(entry);
}

void SqlExpressions::add_column(const std::string& verb, const std::string& table, const std::string& column)
{
    const std::string entry = verb + "::" + table + "::" + column;
    if (!failed() &&
        std::find(m_reading.columns.begin(), m_reading.columns.end(), entry) == m_reading.columns.end())
        m_reading.columns.push_back(entry);
}

void SqlExpressions::expression()
{
    const Deeper deeper(*this);
    conjunction();
    while (take_word("OR") || take_word("XOR") || take("||"))
        conjunction();
}

void SqlExpressions::conjunction()
{
    negation();
    while (take_word("AND") || take("&&"))
        negation();
}

void SqlExpressions::negation()
{
    while (take_word("NOT") || take("!")) {
    }
    predicate();
}

void SqlExpressions::predicate()
{
    arithmetic();
    for (std::size_t before = m_at;; before = m_at) {
        comparison_tail();
        if (failed() || m_at == before)
            return;
    }
}

void SqlExpressions::comparison_tail()
{
    for (const char* sign :
         {"=", "<=>", "<>", "!=", ">=", "<=", "<", ">", "~", "~*", "!~", "!~*", "@>", "<@", ":="}) {
        if ((m_mysql || std::string_view(sign) != ":=") && take(sign)) {
            if (take_word("ANY") || take_word("ALL") || take_word("SOME"))
                return parenthesised();
            return arithmetic();
        }
    }
    if (take_word("IS")) {
        take_word("NOT");
        if (take_word("DISTINCT")) {
            expect_word("FROM");
            return arithmetic();
        }
        return arithmetic();
    }
    const bool turned = at_word("NOT") && (word_at(1, "IN") || word_at(1, "BETWEEN") || word_at(1, "LIKE") ||
                                           word_at(1, "ILIKE") || word_at(1, "REGEXP") ||
                                           word_at(1, "RLIKE") || word_at(1, "SIMILAR"));
    if (turned)
        advance(1);
    if (take_word("IN")) {
        if (!at("("))
            return arithmetic();
        if (at_query() || word_at(1, "WITH")) {
            expect("(");
            query();
        } else {
            expect("(");
            values();
        }
        return expect(")");
    }
    if (take_word("BETWEEN")) {
        arithmetic();
        expect_word("AND");
        return arithmetic();
    }
    if (take_word("LIKE") || (!m_mysql && take_word("ILIKE")) || (!m_postgres && take_word("REGEXP")) ||
        take_word("RLIKE") || (take_word("SIMILAR") && take_word("TO"))) {
        take_word("BINARY");
        arithmetic();
        if (take_word("ESCAPE"))
            arithmetic();
    }
}

void SqlExpressions::arithmetic()
{
    const Deeper deeper(*this);
    operand();
    for (bool more = true; more && !failed();) {
        more = false;
        for (const char* sign :
             {"+", "-", "*", "/", "%", "||", "&", "|", "^", "<<", ">>", "->", "->>", "#>", "#>>"}) {
            if (take(sign)) {
                operand();
                more = true;
                break;
            }
        }
        if (!more && (take_word("DIV") || take_word("MOD"))) {
            operand();
            more = true;
        }
    }
}

void SqlExpressions::operand()
{
    const Deeper deeper(*this);
    while (take("-") || take("+") || take("~") || take_word("BINARY") || take_word("PRIOR")) {
    }
    if (failed())
        return;
    const SqlKind kind = current().kind;
    if (kind == SqlKind::Number || kind == SqlKind::Parameter) {
        advance(1);
    } else if (kind == SqlKind::Text) {
        while (current().kind == SqlKind::Text)
            advance(1);
    } else if (at("(")) {
        const bool inner = at_query() || word_at(1, "WITH");
        advance(1);
        if (inner)
            query();
        else
            values();
        expect(")");
    } else if (at_word("NULL") || at_word("TRUE") || at_word("FALSE") || at_word("CURRENT_DATE") ||
               at_word("CURRENT_TIMESTAMP") || at_word("CURRENT_TIME")) {
        advance(1);
        if (at("("))
            arguments();
    } else if (at_word("CASE")) {
        case_expression();
    } else if (take_word("EXISTS")) {
        expect("(");
        query();
        expect(")");
    } else if (take_word("INTERVAL")) {
        operand();
        if (current().kind == SqlKind::Word && !is_reserved_sql(current().word, m_mysql) && !at_word("AS"))
            advance(1);
    } else if (at_word("NOT")) {
        negation();
    } else {
        name_or_call();
    }
    while (!failed()) {
        if (take("::"))
            data_type();
        else if (at_word("COLLATE")) {
            advance(1);
            take_name();
        } else if (at("[") && !m_mysql) {
            advance(1);
            expression();
            expect("]");
        } else if (take_word("AT")) {
            expect_word("TIME");
            expect_word("ZONE");
            operand();
        } else
            return;
    }
}

void SqlExpressions::name_or_call()
{
    if (take_word("ARRAY") && take("[")) {
        if (!at("]"))
            values();
        return expect("]");
    }
    // Some functions share their names with reserved words.
    const bool reserved_call =
        current().kind == SqlKind::Word && ahead(1, "(") &&
        (at_word("LEFT") || at_word("RIGHT") || at_word("REPLACE") || at_word("IF") || at_word("RANK") ||
         at_word("ROW") || at_word("VALUES") || at_word("DATABASE") || at_word("SCHEMA") ||
         at_word("INSERT") || at_word("TRUNCATE"));
    if ((at_word("DATE") || at_word("TIME") || at_word("TIMESTAMP")) &&
        m_tokens[std::min(m_at + 1, m_tokens.size() - 1)].kind == SqlKind::Text)
        return advance(2);
    std::vector<std::string> names;
    if (reserved_call) {
        names.push_back(current().text);
        advance(1);
    } else {
        names.push_back(take_name());
    }
    while (!failed() && take(".")) {
        if (take("*")) {
            add_column("select", names.back(), "(.*)");
            return;
        }
        if (current().kind == SqlKind::Word) {
            names.push_back(current().text);
            advance(1);
        } else {
            names.push_back(take_name());
        }
    }
    if (failed())
        return;
    if (at("("))
        return special_call(base::lowered(names.back()));
    add_column("select", names.size() > 1 ? names[names.size() - 2] : "null", names.back());
}

void SqlExpressions::special_call(const std::string& name)
{
    if (name == "cast" || name == "try_cast" || name == "convert") {
        expect("(");
        expression();
        if (take_word("AS"))
            data_type();
        else if (take_word("USING") || take(","))
            data_type();
        else
            refuse();
        if (take(","))
            expression();
        return expect(")");
    }
    if (name == "extract" || name == "trim" || name == "substring" || name == "position" ||
        name == "overlay") {
        expect("(");
        take_word("LEADING") || take_word("TRAILING") || take_word("BOTH");
        if (!at_word("FROM"))
            arithmetic();
        while (!failed() && (take_word("FROM") || take_word("FOR") || take_word("IN") || take(",")))
            expression();
        return expect(")");
    }
    arguments();
    call_options();
}

void SqlExpressions::arguments()
{
    expect("(");
    take_word("DISTINCT") || take_word("ALL");
    if (!take("*") && !at(")")) {
        if (at_query())
            query();
        else
            values();
    }
    if (take_word("ORDER")) {
        expect_word("BY");
        ordered_list();
    }
    if (take_word("SEPARATOR"))
        operand();
    expect(")");
}

void SqlExpressions::call_options()
{
    if (take_word("FILTER")) {
        expect("(");
        where();
        expect(")");
    }
    if (take_word("WITHIN")) {
        expect_word("GROUP");
        parenthesised();
    }
    if (take_word("OVER")) {
        if (at("("))
            window();
        else
            take_name();
    }
}

void SqlExpressions::window()
{
    expect("(");
    if (take_word("PARTITION")) {
        expect_word("BY");
        values();
    }
    if (take_word("ORDER")) {
        expect_word("BY");
        ordered_list();
    }
    if (at_word("ROWS") || at_word("RANGE") || at_word("GROUPS")) {
        while (!failed() && !at(")") && !at_end())
            advance(1);
    }
    expect(")");
}

void SqlExpressions::case_expression()
{
    expect_word("CASE");
    if (!at_word("WHEN"))
        expression();
    if (!at_word("WHEN"))
        refuse();
    while (take_word("WHEN")) {
        expression();
        expect_word("THEN");
        expression();
    }
    if (take_word("ELSE"))
        expression();
    expect_word("END");
}

void SqlExpressions::data_type()
{
    if (failed() || (current().kind != SqlKind::Word && current().kind != SqlKind::Quoted))
        return refuse();
    const bool two_words = at_word("DOUBLE") || at_word("CHARACTER") || at_word("LONG");
    advance(1);
    if (two_words)
        take_word("PRECISION") || take_word("VARYING");
    if (at("("))
        parenthesised();
    while (take_word("UNSIGNED") || take_word("SIGNED") || take_word("ZEROFILL") || take_word("ARRAY")) {
    }
    if (take_word("WITH") || take_word("WITHOUT")) {
        expect_word("TIME");
        expect_word("ZONE");
    }
    while (take("[")) {
        if (current().kind == SqlKind::Number)
            advance(1);
        expect("]");
    }
}

}
