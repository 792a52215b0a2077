#include "core/fallback/sqlexpressions.h"

namespace leeway::fallback {

bool SqlExpressions::query_at(std::size_t offset) const
{
    while (ahead(offset, "("))
        ++offset;
    return word_at(offset, "SELECT") || (word_at(offset, "WITH") && offset > 0);
}

void SqlExpressions::with_clause()
{
    expect_word("WITH");
    take_word("RECURSIVE");
    do {
        take_name();
        if (take("(")) {
            do
                take_name();
            while (take(",") && !failed());
            expect(")");
        }
        expect_word("AS");
        if (take_word("NOT"))
            expect_word("MATERIALIZED");
        else
            take_word("MATERIALIZED");
        expect("(");
        query();
        expect(")");
    } while (take(",") && !failed());
}

void SqlExpressions::query()
{
    const Deeper deeper(*this);
    if (failed())
        return;
    if (at_word("WITH"))
        with_clause();
    do {
        if (take("(")) {
            query();
            expect(")");
        } else {
            select();
        }
        order_and_limit();
        if (take_word("UNION") || take_word("INTERSECT") || take_word("EXCEPT") || take_word("MINUS"))
            take_word("ALL") || take_word("DISTINCT");
        else
            break;
    } while (!failed());
}

void SqlExpressions::select()
{
    expect_word("SELECT");
    if (take_word("DISTINCT") && take_word("ON"))
        parenthesised();
    for (const char* word :
         {"ALL", "DISTINCTROW", "HIGH_PRIORITY", "STRAIGHT_JOIN", "SQL_NO_CACHE", "SQL_CACHE",
          "SQL_CALC_FOUND_ROWS", "SQL_SMALL_RESULT", "SQL_BIG_RESULT", "SQL_BUFFER_RESULT"})
        take_word(word);
    if (m_top && take_word("TOP")) {
        operand();
        take_word("PERCENT");
    }
    select_list();
    if (take_word("INTO")) {
        take_word("OUTFILE") || take_word("DUMPFILE");
        if (current().kind == SqlKind::Text || current().kind == SqlKind::Parameter)
            advance(1);
        else
            table_name("select");
    }
    if (take_word("FROM"))
        from_list("select");
    where();
    if (take_word("GROUP")) {
        expect_word("BY");
        ordered_list();
        if (take_word("WITH"))
            expect_word("ROLLUP");
    }
    if (take_word("HAVING"))
        expression();
    if (take_word("WINDOW")) {
        do {
            take_name();
            expect_word("AS");
            window();
        } while (take(",") && !failed());
    }
}

void SqlExpressions::select_list()
{
    do {
        if (take("*")) {
            add_column("select", "null", "(.*)");
            continue;
        }
        expression();
        if (current().kind == SqlKind::Text && m_mysql)
            advance(1);
        else
            alias();
    } while (take(",") && !failed());
}

void SqlExpressions::alias()
{
    if (take_word("AS")) {
        if (current().kind == SqlKind::Text || (current().kind == SqlKind::Word && !at_word("FROM")))
            advance(1);
        else
            take_name();
    } else if (name_ahead() && !at_word("INTO")) {
        take_name();
    }
}

std::string SqlExpressions::from_list(const std::string& verb)
{
    std::string first;
    do {
        from_item(verb, first);
        join(verb, first);
    } while (take(",") && !failed());
    return first;
}

void SqlExpressions::from_item(const std::string& verb, std::string& first)
{
    const Deeper deeper(*this);
    if (failed())
        return;
    take_word("LATERAL");
    if (at("(")) {
        if (at_query() || word_at(1, "WITH")) {
            advance(1);
            query();
        } else if (word_at(1, "VALUES")) {
            parenthesised();
            return alias();
        } else {
            advance(1);
            from_list(verb);
        }
        expect(")");
        alias();
        if (at("("))
            parenthesised();
        return;
    }
    if (name_ahead() && ahead(1, "(")) { // a function that gives rows
        name_or_call();
        return alias();
    }
    const std::string name = table_name(verb);
    if (first.empty())
        first = name;
    if (!at_word("SET") && !at_word("USE"))
        alias();
    if (take_word("WITH"))
        parenthesised();
    if ((at_word("USE") || at_word("FORCE") || at_word("IGNORE")) &&
        (word_at(1, "INDEX") || word_at(1, "KEY"))) {
        advance(2);
        parenthesised();
    }
}

void SqlExpressions::join(const std::string& verb, std::string& first)
{
    while (!failed()) {
        take_word("NATURAL");
        const bool directed = take_word("LEFT") || take_word("RIGHT") || take_word("FULL");
        if (directed)
            take_word("OUTER");
        else
            take_word("INNER") || take_word("CROSS");
        if (!take_word("JOIN") && !take_word("STRAIGHT_JOIN")) {
            if (directed)
                refuse();
            return;
        }
        from_item(verb, first);
        if (take_word("ON")) {
            expression();
        } else if (take_word("USING")) {
            expect("(");
            values();
            expect(")");
        }
    }
}

void SqlExpressions::where()
{
    if (take_word("WHERE"))
        expression();
}

void SqlExpressions::order_and_limit()
{
    if (take_word("ORDER")) {
        expect_word("BY");
        ordered_list();
    }
    if (take_word("LIMIT")) {
        if (!take_word("ALL"))
            expression();
        if (!m_postgres && take(","))
            expression();
    }
    if (take_word("OFFSET")) {
        expression();
        take_word("ROWS") || take_word("ROW");
    }
    if (take_word("FETCH")) {
        take_word("FIRST") || take_word("NEXT");
        if (!at_word("ROWS") && !at_word("ROW"))
            operand();
        take_word("ROWS") || take_word("ROW");
        take_word("ONLY");
    }
    if (take_word("FOR")) {
        if (!take_word("UPDATE") && !take_word("SHARE"))
            refuse();
        take_word("NOWAIT") || (take_word("SKIP") && take_word("LOCKED"));
    }
}

void SqlExpressions::ordered_list()
{
    do {
        expression();
        take_word("ASC") || take_word("DESC");
        if (!m_mysql && take_word("NULLS"))
            take_word("FIRST") || take_word("LAST");
    } while (take(",") && !failed());
}

void SqlExpressions::values()
{
    do {
        if (!take_word("DEFAULT"))
            expression();
    } while (take(",") && !failed());
}

void SqlExpressions::parenthesised()
{
    expect("(");
    for (int depth = 1; depth > 0 && !failed(); advance(1)) {
        depth += at("(") ? 1 : at(")") ? -1 : 0;
        if (at_end() || current().kind == SqlKind::Bad)
            refuse();
    }
}

void SqlExpressions::rest_of_statement()
{
    while (!failed() && !at_end() && !at(";")) {
        if (current().kind == SqlKind::Bad)
            refuse();
        advance(1);
    }
}

}
