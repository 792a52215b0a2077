#pragma once

#include "core/fallback/sqlreader.h"
#include "core/fallback/sqltokens.h"

namespace leeway::fallback {

/// The part of the SQL reader that understands queries and expressions. After the first fault every step does
/// nothing, so that callers need not look.
class SqlExpressions
{
public:
    SqlExpressions(std::string_view text, std::string_view dialect);
    [[nodiscard]] SqlReading reading() const { return m_reading; }

protected:
    [[nodiscard]] const SqlToken& current() const { return m_tokens[m_at]; }
    [[nodiscard]] bool at(std::string_view sign) const;
    [[nodiscard]] bool at_word(std::string_view word) const { return word_at(0, word); }
    [[nodiscard]] bool word_at(std::size_t offset, std::string_view word) const;
    [[nodiscard]] bool ahead(std::size_t offset, std::string_view sign) const;
    [[nodiscard]] bool at_end() const { return current().kind == SqlKind::End; }
    [[nodiscard]] bool failed() const { return !m_reading.fault.empty(); }
    [[nodiscard]] bool mysql() const { return m_mysql; }
    [[nodiscard]] bool postgres() const { return m_postgres; }
    bool take(std::string_view sign);
    bool take_word(std::string_view word);
    void expect(std::string_view sign);
    void expect_word(std::string_view word);
    void advance(std::size_t count);
    void refuse();

    [[nodiscard]] bool name_ahead() const { return ahead_name(0); }
    [[nodiscard]] bool ahead_name(std::size_t offset) const;
    [[nodiscard]] bool ahead_type(std::size_t offset) const;
    std::string take_name();
    void dotted_name();
    std::string table_name(const std::string& verb); // notes the table
    void add_table(const std::string& entry);
    void add_column(const std::string& verb, const std::string& table, const std::string& column);

    [[nodiscard]] bool at_query() const { return query_at(0); }
    [[nodiscard]] bool query_at(std::size_t offset) const;
    void query();
    void with_clause();
    void select_list();
    std::string from_list(const std::string& verb); // the first table's name
    void where();
    void order_and_limit();
    void ordered_list();
    void expression();
    void operand(); // one value, without operators between
    void values();  // expressions between commas
    void arguments();
    void data_type();
    void parenthesised(); // anything between balanced brackets
    void rest_of_statement();

private:
    // Nesting beyond a hundred levels is a fault: the reader works by recursion.
    class Deeper
    {
    public:
        explicit Deeper(SqlExpressions& reader) : m_reader(reader)
        {
            if (++m_reader.m_depth > 100 && !m_reader.failed())
                m_reader.m_reading.fault = "the SQL is nested more than 100 levels deep";
        }
        ~Deeper() { --m_reader.m_depth; }
        Deeper(const Deeper&) = delete;
        Deeper& operator=(const Deeper&) = delete;

    private:
        SqlExpressions& m_reader;
    };

    void select();
    void from_item(const std::string& verb, std::string& first);
    void join(const std::string& verb, std::string& first);
    void alias();
    void conjunction();
    void negation();
    void predicate();
    void comparison_tail();
    void arithmetic();
    void name_or_call();
    void call_options();
    void window();
    void case_expression();
    void special_call(const std::string& name);

    std::vector<SqlToken> m_tokens;
    std::size_t m_at = 0;
    int m_depth = 0;
    bool m_mysql;
    bool m_postgres;
    bool m_top; // SELECT TOP n
    SqlReading m_reading;
};

}
