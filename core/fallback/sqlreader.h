#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace leeway::fallback {

/// What a piece of SQL is and touches. Tables are "select::database::table", columns "select::table::column",
/// with null where the SQL names no database or table and (.*) for all columns.
struct SqlReading
{
    std::string fault; // empty: every statement is understood
    std::vector<std::string> tables;
    std::vector<std::string> columns;
};

/// Reads SQL statements by recursive descent. It understands the common language of queries and of changes to
/// data and tables (SELECT with joins, sub-queries, WITH, set operations, grouping and windows; INSERT,
/// REPLACE, UPDATE, DELETE, CREATE, ALTER, DROP, TRUNCATE, transactions, SHOW, USE, SET, CALL, EXPLAIN) and
/// what MySQL, PostgreSQL, SQLite and T-SQL each add to it in everyday use. It is no complete parser of any
/// of them.
SqlReading read_sql(std::string_view text, std::string_view dialect);

/// A fault that a grammar lets pass but a reader sees: two names without a comma behind SELECT, an odd number
/// of backquotes, a function that the dialect does not have; empty when there is none.
std::string suspicious_sql(std::string_view text, std::string_view dialect);

/// The bodies of Markdown code blocks marked sql or not marked at all.
std::vector<std::string> sql_blocks(std::string_view text);

}
