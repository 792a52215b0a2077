#include "core/simulation/calendar/ics.h"

#include "core/base/hash.h"
#include "core/base/text.h"

#include <fmt/format.h>

namespace leeway::simulation {
namespace {

constexpr std::size_t line_bytes = 75; // without the line's end

bool continues(char c)
{
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

// RFC 5545, 3.3.11: text with its special characters escaped.
std::string escaped(const std::string& text)
{
    std::string result;
    for (const char c : base::to_valid_utf8(text)) {
        if (c == '\\' || c == ';' || c == ',')
            result += {'\\', c};
        else if (c == '\n')
            result += "\\n";
        else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F)
            result += c;
        else
            result += ' ';
    }
    return result;
}

std::string day(base::Date date)
{
    const std::chrono::year_month_day ymd{date};
    return fmt::format("{:04}{:02}{:02}", static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
                       static_cast<unsigned>(ymd.day()));
}

std::string utc(base::Instant time)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    const base::Date date = std::chrono::floor<std::chrono::days>(seconds);
    const std::chrono::hh_mm_ss clock{seconds - date};
    return fmt::format("{}T{:02}{:02}{:02}Z", day(date), clock.hours().count(), clock.minutes().count(),
                       clock.seconds().count());
}

std::string source_text(const DateSource& source)
{
    std::string text = source.title;
    const bool numbered = !source.section.empty() && source.section[0] >= '0' && source.section[0] <= '9';
    if (!source.section.empty())
        text += fmt::format(", {}{}", numbered ? "section " : "", source.section);
    if (source.page > 0)
        text += fmt::format(", page {}", source.page);
    if (!source.text.empty())
        text += (text.empty() ? "" : "\n") + source.text;
    return text;
}

class Writer
{
public:
    // RFC 5545, 3.1: a line goes on behind a line end and a blank; characters stay whole.
    void line(std::string_view text)
    {
        std::size_t room = line_bytes;
        while (text.size() > room) {
            std::size_t cut = room;
            while (continues(text[cut]))
                --cut;
            m_text += text.substr(0, cut);
            m_text += "\r\n ";
            text.remove_prefix(cut);
            room = line_bytes - 1;
        }
        m_text += text;
        m_text += "\r\n";
    }

    void alarm(const std::string& what, int days)
    {
        line("BEGIN:VALARM");
        line("ACTION:DISPLAY");
        line(fmt::format("TRIGGER:-P{}D", days));
        line("DESCRIPTION:" + escaped(what));
        line("END:VALARM");
    }

    void event(const CalendarDate& date, const std::string& calendar, const std::string& stamp)
    {
        line("BEGIN:VEVENT");
        line(fmt::format("UID:{}-{}@leeway", calendar, date.uid));
        line("DTSTAMP:" + stamp);
        line("DTSTART;VALUE=DATE:" + day(date.date));
        line("DTEND;VALUE=DATE:" + day(date.date + std::chrono::days(1)));
        line("SUMMARY:" + escaped(date.what));
        if (const std::string source = source_text(date.source); !source.empty())
            line("DESCRIPTION:" + escaped(source));
        line(fmt::format("CATEGORIES:{}", escaped(std::string(to_string(date.kind)))));
        line("TRANSP:TRANSPARENT");
        if (date.decision)
            alarm(date.what, 30);
        alarm(date.what, 7);
        line("END:VEVENT");
    }

    std::string take() { return std::move(m_text); }

private:
    std::string m_text;
};

}

std::string to_ics(std::span<const CalendarDate> dates, const std::string& name, base::Instant stamp)
{
    Writer writer;
    writer.line("BEGIN:VCALENDAR");
    writer.line("VERSION:2.0");
    writer.line("PRODID:-//Leeway//Leeway//EN");
    writer.line("CALSCALE:GREGORIAN");
    writer.line("METHOD:PUBLISH");
    writer.line("X-WR-CALNAME:" + escaped(name));
    const std::string calendar = base::sha256(name).substr(0, 8);
    const std::string written = utc(stamp);
    for (const CalendarDate& date : dates)
        writer.event(date, calendar, written);
    writer.line("END:VCALENDAR");
    return writer.take();
}

}
