#include "core/fallback/jsonschema.h"
#include "core/fallback/jsregex.h"

#include <fmt/format.h>
#include <map>

namespace leeway::fallback {
namespace {

// Patterns written for RE2; where a form has a rule that a pattern cannot say, a function below adds it.
const std::map<std::string, std::string, std::less<>>& patterns()
{
    static const std::string octet = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    static const std::string ipv4 = "(?:" + octet + "\\.){3}" + octet;
    static const std::string escaped = "%[0-9a-f]{2}";
    static const std::string path = "(?:[a-z0-9._~!$&'()*+,;=:@/-]|" + escaped + ")*";
    static const std::string tail = "(?:\\?(?:[a-z0-9._~!$&'()*+,;=:@/?-]|" + escaped +
                                    ")*)?(?:#(?:[a-z0-9._~!$&'()*+,;=:@/?-]|" + escaped + ")*)?";
    static const std::string authority = "//(?:(?:[a-z0-9._~!$&'()*+,;=:-]|" + escaped +
                                         ")*@)?(?:\\[[0-9a-f:.]+\\]|(?:[a-z0-9._~!$&'()*+,;=-]|" + escaped +
                                         ")*)(?::[0-9]*)?(?:/(?:" + path + "))?";
    static const std::string atom = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+";
    static const std::string label = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?";
    static const std::string pointer = "(?:/(?:[^~/]|~0|~1)*)*";
    static const std::map<std::string, std::string, std::less<>> known = {
        {"email", "(?i)" + atom + "(?:\\." + atom + ")*@(?:" + label + "\\.)+" + label},
        {"hostname",
         "(?i)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*\\.?"},
        {"ipv4", ipv4},
        {"ipv6", "(?i)[0-9a-f:.]+"},
        {"uuid", "(?i)(?:urn:uuid:)?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"},
        {"uri", "(?i)[a-z][a-z0-9+.-]*:(?:" + authority + "|" + path + ")" + tail},
        {"uri-reference", "(?i)(?:[a-z][a-z0-9+.-]*:)?(?:" + authority + "|" + path + ")" + tail},
        {"url", "(?i)(?:https?|ftp)://(?:\\S+@)?(?:" + ipv4 +
                    "|(?:[a-z0-9\\x{a1}-\\x{10ffff}]+(?:-[a-z0-9\\x{a1}-\\x{10ffff}]+)*\\.)+[a-z\\x{a1}-\\x{"
                    "10ffff}]{2,})(?::[0-9]{2,5})?(?:[/?#]\\S*)?"},
        {"uri-template",
         "(?i)(?:[^\\x00-\\x20\"'<>%\\\\^`{|}]|" + escaped + "|\\{[+#./;?&=,!@|]?[a-z0-9_%,:*]+\\})*"},
        {"date", "[0-9]{4}-[0-9]{2}-[0-9]{2}"},
        {"json-pointer", pointer},
        {"json-pointer-uri-fragment", "(?i)#(?:/(?:[a-z0-9_\\-.!$&'()*+,;:=@]|" + escaped + "|~0|~1)*)*"},
        {"relative-json-pointer", "(?:0|[1-9][0-9]*)(?:#|" + pointer + ")"},
        {"duration",
         "P(?:(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+D)?(?:T(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+S)?)?|[0-9]+W)"},
        {"byte", "(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?"},
        {"time", ""},
        {"iso-time", ""},
        {"date-time", ""},
        {"iso-date-time", ""},
        {"regex", ""},
        {"int32", ""},
        {"int64", ""},
        {"float", ""},
        {"double", ""},
        {"password", ""},
        {"binary", ""}};
    return known;
}

bool is_date(const std::string& text)
{
    constexpr std::array<int, 13> days = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year = 0;
    int month = 0;
    int day = 0;
    static const re2::RE2 form("([0-9]{4})-([0-9]{2})-([0-9]{2})");
    if (!re2::RE2::FullMatch(text, form, &year, &month, &day) || month < 1 || month > 12)
        return false;
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return day >= 1 && day <= (month == 2 && leap ? 29 : days[static_cast<std::size_t>(month)]);
}

bool is_time(const std::string& text, bool zone_needed)
{
    int hour = 0;
    int minute = 0;
    std::string second;
    std::string zone;
    static const re2::RE2 form(
        "(?i)([0-9]{2}):([0-9]{2}):([0-9]{2}(?:\\.[0-9]+)?)(z|[+-][0-9]{2}(?::?[0-9]{2})?)?");
    if (!re2::RE2::FullMatch(text, form, &hour, &minute, &second, &zone) || (zone_needed && zone.empty()))
        return false;
    int zone_hour = 0;
    int zone_minute = 0;
    int sign = 1;
    if (zone.size() > 1) {
        sign = zone[0] == '-' ? -1 : 1;
        zone_hour = std::stoi(zone.substr(1, 2));
        zone_minute = zone.size() > 3 ? std::stoi(zone.substr(zone.size() - 2)) : 0;
    }
    if (zone_hour > 23 || zone_minute > 59)
        return false;
    const int whole = std::stoi(second.substr(0, 2));
    if (hour <= 23 && minute <= 59 && whole < 60)
        return true;
    const int utc =
        hour * 60 + minute - sign * (zone_hour * 60 + zone_minute); // a leap second ends a UTC day
    return whole == 60 && hour <= 23 && minute <= 59 && ((utc % 1440) + 1440) % 1440 == 1439;
}

bool is_date_time(const std::string& text, bool zone_needed)
{
    return text.size() > 11 && std::string_view("tT \t\n").find(text[10]) != std::string_view::npos &&
           is_date(text.substr(0, 10)) && is_time(text.substr(11), zone_needed);
}

// The groups of an IPv6 address; the pattern has checked the characters.
bool is_ipv6(const std::string& text)
{
    std::string rest = text;
    std::size_t groups = 0;
    if (const auto dot = rest.find('.'); dot != std::string::npos) {
        const auto colon = rest.rfind(':');
        if (colon == std::string::npos || !re2::RE2::FullMatch(rest.substr(colon + 1), patterns().at("ipv4")))
            return false;
        rest = rest.substr(0, colon + 1) + "0";
        groups = 1; // the dotted part stands for two
    }
    const auto gap = rest.find("::");
    if (gap != std::string::npos && rest.find("::", gap + 1) != std::string::npos)
        return false;
    static const re2::RE2 half("(?i)(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4})*)?");
    const std::string left = rest.substr(0, gap);
    const std::string right = gap == std::string::npos ? std::string() : rest.substr(gap + 2);
    if (!re2::RE2::FullMatch(left, half) || !re2::RE2::FullMatch(right, half))
        return false;
    for (const std::string& part : {left, right})
        groups += part.empty() ? 0 : static_cast<std::size_t>(std::count(part.begin(), part.end(), ':')) + 1;
    return gap == std::string::npos ? groups == 8 : groups <= 7;
}

}

base::Result<bool> has_format(std::string_view format, const std::string& text)
{
    const auto known = patterns().find(format);
    if (known == patterns().end())
        return base::fail(base::ErrorCode::Invalid,
                          fmt::format("the schema names the format “{}”, which is not known", format));
    if (format == "date")
        return is_date(text);
    if (format.ends_with("date-time"))
        return is_date_time(text, format == "date-time");
    if (format.ends_with("time"))
        return is_time(text, format == "time");
    if (format == "regex") {
        const auto compiled = compile_pattern(text);
        return !compiled || compiled->fault.empty();
    }
    if (known->second.empty())
        return true;
    static const auto compiled = [] {
        std::map<std::string, std::unique_ptr<re2::RE2>, std::less<>> result;
        for (const auto& [name, pattern] : patterns())
            result.emplace(name, std::make_unique<re2::RE2>(pattern));
        return result;
    }();
    if (!re2::RE2::FullMatch(text, *compiled.find(format)->second))
        return false;
    if (format == "ipv6")
        return is_ipv6(text);
    if (format == "duration")
        return text != "P" && !text.ends_with('T');
    if (format == "hostname")
        return text.size() <= 254;
    return true;
}

}
