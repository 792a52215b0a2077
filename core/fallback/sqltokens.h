#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace leeway::fallback {

enum class SqlKind { Word, Quoted, Text, Number, Parameter, Sign, End, Bad };

struct SqlToken
{
    SqlKind kind = SqlKind::End;
    std::string text; // words as written, quoted names and texts without their marks
    std::string word; // a word in capitals, else empty
};

/// The tokens of SQL; comments are left out. A mark that is not closed is a Bad token.
std::vector<SqlToken> sql_tokens(std::string_view text, std::string_view dialect);

/// Whether a word has a meaning of its own and cannot name a column or table without quotation marks.
bool is_reserved_sql(std::string_view capitals, bool mysql);

}
