#include "core/fallback/sqlreader.h"

#include "core/base/text.h"
#include "core/fallback/sqlexpressions.h"

#include <algorithm>
#include <fmt/format.h>

namespace leeway::fallback {
namespace {

// Statements other than queries; queries and expressions are in the base class.
class Statements : public SqlExpressions
{
public:
    using SqlExpressions::SqlExpressions;

    void script()
    {
        do {
            while (take(";")) {
            }
            if (at_end())
                return;
            statement();
        } while (take(";"));
        if (!at_end())
            refuse();
    }

private:
    void statement()
    {
        if (take_word("EXPLAIN") || take_word("DESCRIBE")) {
            take_word("ANALYZE");
            if (!at_query() && !at_word("INSERT") && !at_word("UPDATE") && !at_word("DELETE")) {
                table_name("desc");
                return;
            }
        }
        if (at_query())
            return query();
        if (at_word("WITH")) {
            with_clause();
            if (!statement_of_data())
                query();
            return;
        }
        if (statement_of_data() || statement_of_tables() || statement_of_session())
            return;
        if (name_ahead() && (ahead(1, "=") || ahead(1, ":="))) { // an assignment, as procedures hold them
            advance(2);
            return expression();
        }
        refuse();
    }

    bool statement_of_data()
    {
        if (at_word("INSERT") || (at_word("REPLACE") && (word_at(1, "INTO") || ahead_name(1))))
            insert();
        else if (take_word("UPDATE"))
            update();
        else if (take_word("DELETE"))
            remove();
        else
            return false;
        return true;
    }

    void insert()
    {
        const std::string verb = base::lowered(current().word);
        advance(1);
        for (const char* word : {"IGNORE", "LOW_PRIORITY", "DELAYED"})
            take_word(word);
        if (take_word("OR"))
            advance(1);
        if (!take_word("INTO") && !take_word("OVERWRITE") && !mysql())
            return refuse();
        take_word("TABLE");
        const std::string table = table_name(verb);
        if (take_word("AS") ||
            (name_ahead() && !at_word("VALUES") && !at_word("VALUE") && !at_word("DEFAULT")))
            take_name();
        bool listed = false;
        if (at("(") && !query_at(1)) {
            advance(1);
            listed = true;
            do
                add_column(verb, table, take_name());
            while (take(",") && !failed());
            expect(")");
        }
        if (!listed)
            add_column(verb, table, "(.*)");
        if (take_word("OVERRIDING"))
            advance(3);
        if (take_word("DEFAULT"))
            expect_word("VALUES");
        else if (take_word("VALUES") || take_word("VALUE"))
            rows();
        else if (take_word("SET"))
            assignments(verb);
        else if (at_query() || at_word("WITH") || at("("))
            query();
        else
            return refuse();
        if (take_word("ON"))
            conflict(verb);
        returning();
    }

    void rows()
    {
        do {
            take_word("ROW");
            expect("(");
            if (!at(")"))
                values();
            expect(")");
        } while (take(",") && !failed());
    }

    void conflict(const std::string& verb)
    {
        if (!postgres() && take_word("DUPLICATE")) {
            expect_word("KEY");
            expect_word("UPDATE");
            return assignments(verb);
        }
        if (mysql())
            return refuse();
        expect_word("CONFLICT");
        if (take("(")) {
            values();
            expect(")");
        } else if (take_word("ON")) {
            expect_word("CONSTRAINT");
            take_name();
        }
        expect_word("DO");
        if (take_word("NOTHING"))
            return;
        expect_word("UPDATE");
        expect_word("SET");
        assignments(verb);
        where();
    }

    void returning()
    {
        if (!mysql() && take_word("RETURNING"))
            select_list();
    }

    void assignments(const std::string& verb)
    {
        do {
            if (take("(")) {
                do
                    add_column(verb, "null", take_name());
                while (take(",") && !failed());
                expect(")");
            } else {
                std::string table = "null";
                std::string column = take_name();
                while (take(".")) {
                    table = column;
                    column = take_name();
                }
                add_column(verb, table, column);
            }
            if (!take("=") && !take(":="))
                return refuse();
            if (!take_word("DEFAULT"))
                expression();
        } while (take(",") && !failed());
    }

    void update()
    {
        for (const char* word : {"LOW_PRIORITY", "IGNORE", "ONLY"})
            take_word(word);
        from_list("update");
        expect_word("SET");
        assignments("update");
        if (take_word("FROM"))
            from_list("select");
        where();
        order_and_limit();
        returning();
    }

    void remove()
    {
        for (const char* word : {"LOW_PRIORITY", "QUICK", "IGNORE"})
            take_word(word);
        const bool listed = !at_word("FROM");
        if (listed) { // DELETE a, b FROM …
            do {
                take_name();
                if (take("."))
                    take("*");
            } while (take(",") && !failed());
        }
        expect_word("FROM");
        take_word("ONLY");
        const std::string first = from_list("delete");
        add_column("delete", first, "(.*)");
        if (take_word("USING"))
            from_list("select");
        where();
        order_and_limit();
        returning();
    }

    bool statement_of_tables()
    {
        if (take_word("CREATE"))
            create();
        else if (take_word("DROP"))
            drop();
        else if (take_word("ALTER"))
            alter();
        else if (take_word("TRUNCATE")) {
            take_word("TABLE");
            do
                table_name("truncate");
            while (take(",") && !failed());
            if (take_word("RESTART") || take_word("CONTINUE"))
                expect_word("IDENTITY");
            take_word("CASCADE");
        } else if (take_word("RENAME")) {
            expect_word("TABLE");
            table_name("rename");
            expect_word("TO");
            table_name("rename");
        } else
            return false;
        return true;
    }

    void if_exists()
    {
        if (take_word("IF")) {
            take_word("NOT");
            expect_word("EXISTS");
        }
    }

    void create()
    {
        if (take_word("OR"))
            expect_word("REPLACE");
        for (const char* word : {"GLOBAL", "LOCAL", "TEMPORARY", "TEMP", "UNLOGGED", "MATERIALIZED",
                                 "RECURSIVE", "UNIQUE", "FULLTEXT", "SPATIAL", "CLUSTERED", "NONCLUSTERED"})
            take_word(word);
        if (take_word("TABLE")) {
            if_exists();
            create_table(table_name("create"));
        } else if (take_word("VIEW")) {
            if_exists();
            table_name("create");
            if (take("(")) {
                values();
                expect(")");
            }
            expect_word("AS");
            query();
            if (take_word("WITH"))
                rest_of_statement();
        } else if (take_word("INDEX")) {
            take_word("CONCURRENTLY");
            if_exists();
            if (!at_word("ON"))
                take_name();
            expect_word("ON");
            table_name("create");
            if (take_word("USING"))
                take_name();
            expect("(");
            ordered_list();
            expect(")");
            where();
        } else if (take_word("DATABASE") || take_word("SCHEMA")) {
            if_exists();
            take_name();
            rest_of_statement();
        } else if (at_word("FUNCTION") || at_word("PROCEDURE") || at_word("TRIGGER") || at_word("SEQUENCE") ||
                   at_word("EXTENSION") || at_word("TYPE") || at_word("DOMAIN") || at_word("USER") ||
                   at_word("ROLE")) {
            advance(1);
            if_exists();
            take_name();
            rest_of_statement();
        } else {
            refuse();
        }
    }

    void create_table(const std::string& table)
    {
        if (take_word("LIKE")) {
            table_name("select");
            return;
        }
        if (take("(")) {
            if (at_query()) {
                query();
            } else {
                do
                    definition("create", table);
                while (take(",") && !failed());
            }
            expect(")");
        }
        while (!failed() && !at_end() && !at(";") && !at_query() && !at_word("AS"))
            table_option();
        take_word("AS");
        if (at_query() || at_word("WITH"))
            query();
    }

    // ENGINE=InnoDB DEFAULT CHARSET=utf8, WITHOUT ROWID, COMMENT 'x'
    void table_option()
    {
        if (current().kind != SqlKind::Word)
            return refuse();
        advance(1);
        take("=");
        if (current().kind == SqlKind::Text || current().kind == SqlKind::Number)
            advance(1);
        else if (at("("))
            parenthesised();
        take(",");
    }

    void definition(const std::string& verb, const std::string&)
    {
        if (take_word("CONSTRAINT") && !at_word("PRIMARY") && !at_word("UNIQUE") && !at_word("FOREIGN") &&
            !at_word("CHECK"))
            take_name();
        if (table_constraint())
            return;
        const std::string column = take_name();
        add_column(verb, "null", column);
        data_type();
        column_options();
    }

    bool table_constraint()
    {
        if (take_word("PRIMARY") || take_word("FOREIGN")) {
            expect_word("KEY");
        } else if (take_word("CHECK")) {
            parenthesised();
            return true;
        } else if (at_word("UNIQUE") || at_word("FULLTEXT") ||
                   ((at_word("KEY") || at_word("INDEX")) && !ahead_type(1))) {
            advance(1);
            take_word("KEY") || take_word("INDEX");
        } else {
            return false;
        }
        if (!at("("))
            take_name();
        expect("(");
        ordered_list();
        expect(")");
        reference();
        return true;
    }

    void reference()
    {
        if (!take_word("REFERENCES"))
            return;
        dotted_name();
        if (at("("))
            parenthesised();
        while (take_word("ON")) {
            advance(1); // DELETE or UPDATE
            if (take_word("SET") || take_word("NO"))
                advance(1);
            else if (!take_word("CASCADE") && !take_word("RESTRICT"))
                refuse();
        }
    }

    void column_options()
    {
        while (!failed()) {
            if (take_word("NOT"))
                expect_word("NULL");
            else if (take_word("PRIMARY"))
                expect_word("KEY");
            else if (take_word("DEFAULT"))
                operand();
            else if (take_word("CHECK"))
                parenthesised();
            else if (take_word("COMMENT") || take_word("COLLATE"))
                advance(1);
            else if (take_word("CHARACTER") || take_word("CHARSET")) {
                take_word("SET");
                advance(1);
            } else if (at_word("REFERENCES"))
                reference();
            else if (take_word("ON")) {
                expect_word("UPDATE");
                operand();
            } else if (take_word("GENERATED")) {
                take_word("ALWAYS") || (take_word("BY") && take_word("DEFAULT"));
                expect_word("AS");
                if (!take_word("IDENTITY"))
                    parenthesised();
            } else if (take_word("AS"))
                parenthesised();
            else if (take_word("CONSTRAINT"))
                take_name();
            else if (take_word("IDENTITY")) {
                if (at("("))
                    parenthesised();
            } else if (!take_word("NULL") && !take_word("UNIQUE") && !take_word("KEY") &&
                       !take_word("AUTO_INCREMENT") && !take_word("AUTOINCREMENT") && !take_word("STORED") &&
                       !take_word("VIRTUAL") && !take_word("ASC") && !take_word("DESC"))
                return;
        }
    }

    void drop()
    {
        const bool table = at_word("TABLE");
        const bool known = table || at_word("VIEW") || at_word("INDEX") || at_word("DATABASE") ||
                           at_word("SCHEMA") || at_word("FUNCTION") || at_word("PROCEDURE") ||
                           at_word("TRIGGER") || at_word("USER");
        if (!known)
            return refuse();
        advance(1);
        if_exists();
        do {
            if (table)
                table_name("drop");
            else
                dotted_name();
        } while (take(",") && !failed());
        if (take_word("ON"))
            table_name("drop");
        take_word("CASCADE") || take_word("RESTRICT");
    }

    void alter()
    {
        if (!take_word("TABLE")) {
            if (!at_word("DATABASE") && !at_word("VIEW") && !at_word("INDEX") && !at_word("SEQUENCE") &&
                !at_word("SCHEMA"))
                return refuse();
            advance(1);
            take_name();
            return rest_of_statement();
        }
        if_exists();
        const std::string table = table_name("alter");
        do {
            if (take_word("ADD")) {
                const bool column = take_word("COLUMN");
                if_exists();
                if (!column && take("(")) {
                    do
                        definition("create", table);
                    while (take(",") && !failed());
                    expect(")");
                } else {
                    definition("create", table);
                }
                if (take_word("AFTER"))
                    take_name();
                else
                    take_word("FIRST");
            } else if (take_word("DROP")) {
                const bool named = take_word("COLUMN") || take_word("CONSTRAINT") || take_word("INDEX") ||
                                   take_word("KEY") || (take_word("FOREIGN") && take_word("KEY"));
                if_exists();
                if (named || !(take_word("PRIMARY") && take_word("KEY")))
                    take_name();
                take_word("CASCADE");
            } else if ((mysql() && take_word("MODIFY")) || at_word("CHANGE")) {
                const bool change = take_word("CHANGE");
                take_word("COLUMN");
                if (change)
                    take_name();
                definition("create", table);
            } else if (take_word("RENAME")) {
                if (take_word("COLUMN")) {
                    take_name();
                    expect_word("TO");
                } else {
                    take_word("TO") || take_word("AS");
                }
                take_name();
            } else if (take_word("ALTER") || take_word("SET") || take_word("ENGINE") || take_word("OWNER") ||
                       take_word("ENABLE") || take_word("DISABLE")) {
                return rest_of_statement();
            } else {
                return refuse();
            }
        } while (take(",") && !failed());
    }

    bool statement_of_session()
    {
        if (take_word("BEGIN") || take_word("COMMIT") || take_word("ROLLBACK")) {
            take_word("TRANSACTION") || take_word("WORK");
            if (take_word("TO"))
                take_name();
        } else if (take_word("START")) {
            expect_word("TRANSACTION");
        } else if (take_word("USE")) {
            add_table("use::" + take_name() + "::null");
        } else if (take_word("SHOW")) {
            if (at_end())
                refuse();
            add_table("show::null::null");
            rest_of_statement();
        } else if (take_word("SET")) {
            if (at_end())
                refuse();
            do {
                take_word("GLOBAL") || take_word("SESSION") || take_word("LOCAL");
                if (current().kind == SqlKind::Parameter)
                    advance(1);
                else
                    dotted_name();
                if (!take("=") && !take(":=") && !take_word("TO"))
                    return rest_of_statement(), true;
                expression();
            } while (take(",") && !failed());
        } else if (take_word("GRANT") || take_word("REVOKE")) {
            if (at_end())
                refuse();
            rest_of_statement();
        } else if (take_word("CALL") || take_word("EXEC") || take_word("EXECUTE")) {
            dotted_name();
            if (at("("))
                arguments();
        } else {
            return false;
        }
        return true;
    }
};

}

SqlReading read_sql(std::string_view text, std::string_view dialect)
{
    Statements statements(text, dialect);
    statements.script();
    return statements.reading();
}

}
