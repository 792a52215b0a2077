#include "core/usage/warehouse/sqltext.h"

#include "core/base/text.h"

#include <fmt/format.h>
#include <utility>

namespace leeway::usage::warehouse {

std::string iso_time_pattern()
{
    constexpr std::string_view year = "(19|20|21)[0-9]{2}";
    constexpr std::string_view leap_year = "(19|20|21)(0[48]|[2468][048]|[13579][26])|2000";
    constexpr std::string_view clock = "([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.,][0-9]{1,9})?)?";
    constexpr std::string_view zone = " ?(Z|z|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)";
    return fmt::format("^({0}-(01|03|05|07|08|10|12)-(0[1-9]|[12][0-9]|3[01])"
                       "|{0}-(04|06|09|11)-(0[1-9]|[12][0-9]|30)"
                       "|{0}-02-(0[1-9]|1[0-9]|2[0-8])"
                       "|({1})-02-29)"
                       "([Tt ]{2}({3})?)?$",
                       year, leap_year, clock, zone);
}

std::string doubled(std::string_view text, char quote)
{
    std::string result(1, quote);
    for (const char c : text) {
        result += c;
        if (c == quote)
            result += c;
    }
    return result + quote;
}

base::Result<std::vector<std::string>> split_name(std::string_view given, std::size_t most)
{
    const auto refuse = [&](std::string_view why) {
        return base::fail(base::ErrorCode::Invalid,
                          fmt::format("“{}” is not the name of a table: {}. Write schema.table, with double "
                                      "quotes around a name that has dots in it.",
                                      base::shortened(base::to_valid_utf8(given), 80), why));
    };
    std::vector<std::string> parts;
    std::size_t i = 0;
    do {
        std::string part;
        if (i < given.size() && given[i] == '"') {
            for (++i; i < given.size() && (given[i] != '"' || given.substr(i).starts_with("\"\"")); ++i) {
                part += given[i];
                i += given[i] == '"' ? 1 : 0;
            }
            if (i == given.size())
                return refuse("a quote is not closed");
            ++i;
            if (i < given.size() && given[i] != '.')
                return refuse("something follows a quoted name");
        } else {
            while (i < given.size() && given[i] != '.')
                part += given[i++];
        }
        if (part.empty() || part.find('\0') != std::string::npos)
            return refuse("a part of it is empty");
        parts.push_back(std::move(part));
        if (i >= given.size())
            break;
        ++i; // the dot
    } while (true);
    if (parts.size() > most)
        return refuse(fmt::format("it has more than {} parts", most));
    return parts;
}

}
