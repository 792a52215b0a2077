#include "core/clauses/term/term.h"

#include <array>
#include <cctype>
#include <charconv>

namespace leeway::clauses {
namespace {

constexpr std::array<std::string_view, 12> month_names{"january",   "february", "march",    "april",
                                                       "may",       "june",     "july",     "august",
                                                       "september", "october",  "november", "december"};

bool is_digit(char c)
{
    return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

bool is_letter(char c)
{
    return std::isalpha(static_cast<unsigned char>(c)) != 0;
}

// Reads on from a place in a text; a step that does not fit leaves the place as it is.
class Scan
{
public:
    Scan(std::string_view text, std::size_t at) : m_text(text), m_at(at) {}

    [[nodiscard]] std::size_t at() const { return m_at; }

    bool word(std::string_view word)
    {
        if (!m_text.substr(m_at).starts_with(word))
            return false;
        m_at += word.size();
        return true;
    }
    void blanks()
    {
        while (m_at < m_text.size() &&
               (std::isspace(static_cast<unsigned char>(m_text[m_at])) != 0 || m_text[m_at] == ','))
            ++m_at;
    }
    std::optional<int> number(std::size_t least, std::size_t most)
    {
        std::size_t end = m_at;
        while (end < m_text.size() && is_digit(m_text[end]))
            ++end;
        const std::size_t digits = end - m_at;
        if (digits < least || digits > most)
            return std::nullopt;
        int value = 0;
        std::from_chars(m_text.data() + m_at, m_text.data() + end, value);
        m_at = end;
        return value;
    }
    std::optional<int> month()
    {
        for (std::size_t i = 0; i < month_names.size(); ++i) {
            const std::size_t before = m_at;
            const std::string_view name = month_names[i];
            if (!word(name) && !word(name.substr(0, 3)))
                continue;
            if (m_at == m_text.size() || !is_letter(m_text[m_at])) {
                word(".");
                return static_cast<int>(i) + 1;
            }
            m_at = before;
        }
        return std::nullopt;
    }
    void ordinal()
    {
        for (const std::string_view ending : {"st", "nd", "rd", "th"}) {
            if (word(ending))
                return;
        }
    }

private:
    std::string_view m_text;
    std::size_t m_at;
};

std::optional<base::Date> date_of(int year, int month, int day)
{
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(unsigned(month)),
                                           std::chrono::day(unsigned(day))};
    if (year < 1900 || year > 2200 || !date.ok())
        return std::nullopt;
    return base::Date(date);
}

// "1 January 2026", "5th day of February, 2020"; `scan` stands at the digit.
std::optional<base::Date> day_first(Scan& scan)
{
    const auto day = scan.number(1, 2);
    if (!day)
        return std::nullopt;
    scan.ordinal();
    scan.blanks();
    if (scan.word("day of"))
        scan.blanks();
    const auto month = scan.month();
    scan.blanks();
    const auto year = month ? scan.number(4, 4) : std::nullopt;
    return year ? date_of(*year, *month, *day) : std::nullopt;
}

std::optional<base::Date> month_first(Scan& scan)
{
    const auto month = scan.month();
    if (!month)
        return std::nullopt;
    scan.blanks();
    const auto day = scan.number(1, 2);
    if (!day)
        return std::nullopt;
    scan.ordinal();
    scan.blanks();
    const auto year = scan.number(4, 4);
    return year ? date_of(*year, *month, *day) : std::nullopt;
}

std::optional<base::Date> year_first(Scan& scan)
{
    const auto year = scan.number(4, 4);
    if (!year || !scan.word("-"))
        return std::nullopt;
    const auto month = scan.number(2, 2);
    if (!month || !scan.word("-"))
        return std::nullopt;
    const auto day = scan.number(2, 2);
    return day ? date_of(*year, *month, *day) : std::nullopt;
}

}

std::vector<DateText> dates_in(std::string_view text)
{
    std::vector<DateText> dates;
    for (std::size_t i = 0; i < text.size();) {
        const bool starts = i == 0 || (!is_digit(text[i - 1]) && !is_letter(text[i - 1]));
        std::optional<base::Date> date;
        std::size_t end = i;
        if (starts && (is_digit(text[i]) || is_letter(text[i]))) {
            for (const auto read : {day_first, month_first, year_first}) {
                Scan scan(text, i);
                date = read(scan);
                end = scan.at();
                if (date)
                    break;
            }
        }
        if (date)
            dates.push_back({i, end, *date});
        i = date ? end : i + 1;
    }
    return dates;
}

}
