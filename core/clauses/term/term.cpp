#include "core/clauses/term/term.h"

#include "core/base/months.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <initializer_list>
#include <vector>

namespace leeway::clauses {
namespace {

using std::string_view;

constexpr std::size_t near = 60; // bytes between a word and the date or duration it governs
constexpr std::size_t longest = 4000;

struct Count
{
    string_view word;
    int value = 0;
};
constexpr std::array counts{Count{"one", 1},         Count{"two", 2},          Count{"three", 3},
                            Count{"four", 4},        Count{"five", 5},         Count{"six", 6},
                            Count{"seven", 7},       Count{"eight", 8},        Count{"nine", 9},
                            Count{"ten", 10},        Count{"twelve", 12},      Count{"fifteen", 15},
                            Count{"eighteen", 18},   Count{"twenty", 20},      Count{"twenty-four", 24},
                            Count{"thirty-six", 36}, Count{"forty-eight", 48}, Count{"sixty", 60}};

bool is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

bool has_any(string_view text, std::initializer_list<string_view> words)
{
    return std::ranges::any_of(words, [&](string_view word) { return text.find(word) != text.npos; });
}

struct Duration
{
    int months = 0;
    std::size_t at = 0; // of “months” or “years”
};

// The number that ends before `at`: "36", "(36)", "thirty-six", in "thirty-six (36) months".
std::optional<int> number_before(string_view text, std::size_t at)
{
    string_view head = text.substr(0, at);
    const auto strip = [&head](string_view marks) {
        while (!head.empty() && marks.find(head.back()) != marks.npos)
            head.remove_suffix(1);
    };
    strip(" -\n");
    strip(")");
    const std::size_t from = head.find_last_not_of("0123456789");
    const string_view digits = from == head.npos ? head : head.substr(from + 1);
    int value = 0;
    if (!digits.empty() && digits.size() <= 3) {
        std::from_chars(digits.data(), digits.data() + digits.size(), value);
        return value;
    }
    std::optional<int> best;
    std::size_t length = 0;
    for (const Count& count : counts) {
        if (!head.ends_with(count.word) || count.word.size() <= length)
            continue;
        const std::size_t before = head.size() - count.word.size();
        if (before > 0 && (is_letter(head[before - 1]) || head[before - 1] == '-'))
            continue;
        best = count.value;
        length = count.word.size();
    }
    return best;
}

std::vector<Duration> durations_in(string_view text)
{
    std::vector<Duration> durations;
    for (const string_view unit : {"month", "year"}) {
        for (std::size_t at = text.find(unit); at != text.npos; at = text.find(unit, at + 1)) {
            const auto number = number_before(text, at);
            if (number && *number > 0)
                durations.push_back(Duration{*number * (unit == "year" ? 12 : 1), at});
        }
    }
    std::ranges::sort(durations, {}, &Duration::at);
    return durations;
}

// What a duration is of is said shortly before or behind it: "at least three months before", "six months'
// notice", "two years after termination".
bool is_of_something_else(string_view text, const Duration& duration)
{
    const std::size_t from = duration.at - std::min(duration.at, near);
    string_view before = text.substr(from, duration.at - from);
    if (const std::size_t clause = before.find_last_of(";,"); clause != before.npos)
        before.remove_prefix(clause);
    string_view behind = text.substr(duration.at, near);
    behind = behind.substr(0, std::min(behind.find_first_of(";,."), behind.find(" unless")));
    return has_any(before,
                   {"at least", "less than", "notice", "within", "terminat", "unless", "until", "upon"}) ||
           has_any(behind, {"notice", "prior to", "before", "after termination", "after the termination",
                            "after expir", "after the expir", "following"});
}

// The first date that stands close behind one of the words.
const DateText* date_behind(string_view text, const std::vector<DateText>& dates,
                            std::initializer_list<string_view> words)
{
    for (const string_view word : words) {
        for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
            for (const DateText& date : dates) {
                if (date.begin >= at && date.begin <= at + word.size() + near)
                    return &date;
            }
        }
    }
    return nullptr;
}

// How surely a sentence with a date says when the contract begins; 0: it does not.
int begins_here(string_view text)
{
    if (has_any(text, {"effective date”", "effective date\"", "commencement date”", "commencement date\"",
                       "effective date is", "effective date:", "effective date means"}))
        return 3;
    const bool this_contract =
        has_any(text, {"this agreement", "this contract", "this order", "agreement is"});
    if (this_contract && has_any(text, {"takes effect", "take effect", "effective as of", "effective on",
                                        "shall commence", "commences on", "begins on", "entered into as of",
                                        "dated as of", "made as of", "is dated"}))
        return 2;
    return 0;
}

bool of_the_term(string_view text)
{
    return has_any(text, {"initial term", "term of this agreement", "agreement begins", "agreement shall",
                          "agreement will", "agreement continues", "agreement remains", "(the “term”)",
                          "(the \"term\")", "agreement expires", "agreement takes effect"}) &&
           !has_any(text,
                    {"surviv", "during the term", "after termination", "after the termination", "after expir",
                     "after the expir", "following termination", "following the termination",
                     "following expir", "following the expir", "of termination;", "post-termination"});
}

// "Ten years after the first sale" has no day yet.
bool counts_from_another_day(string_view text, const Duration& duration)
{
    const string_view behind = text.substr(duration.at, near);
    return behind.find(" after ") != behind.npos &&
           !has_any(behind, {"after the effective", "after the commencement", "after the start",
                             "after the date of this", "after the date hereof"});
}

bool renews_itself(string_view text)
{
    if (text.find("renew") == text.npos)
        return false;
    // What follows is how to stop it: "unless a party says that it will not renew".
    const string_view head = text.substr(0, text.find("unless"));
    if (has_any(head,
                {"not automatically", "not renew", "no automatic", "not be renewed", "not be automatically"}))
        return false;
    for (std::size_t at = text.find("automatic"); at != text.npos; at = text.find("automatic", at + 1)) {
        if (text.substr(at - std::min(at, near / 2), near + near / 2).find("renew") != text.npos)
            return true;
    }
    return has_any(text, {"successive", "renews for", "renew for", "be renewed for"}) &&
           !has_any(text,
                    {"may renew", "may be renewed", "option", "mutual", "agree to renew", "right to renew",
                     "parties agree", "agreement of the parties", "agreement between the parties"});
}

class Finder
{
public:
    void read(string_view text, StatedIn said)
    {
        const std::vector<DateText> dates = dates_in(text);
        const int sure = dates.empty() ? 0 : begins_here(text);
        if (sure > m_sure) {
            const DateText* date = date_behind(text, dates,
                                               {"as of", "effective on", "takes effect", "take effect",
                                                "commence", "begins", "effective date", "dated", "made on"});
            if (date != nullptr) {
                m_sure = sure;
                m_term.begins = date->date;
                m_term.begins_in = said;
            }
        }
        if (!m_term.ends && of_the_term(text)) {
            const DateText* date = date_behind(
                text, dates, {"until", "through", "expire on", "expires on", "ending on", "ends on"});
            if (date != nullptr) {
                m_term.ends = date->date;
                m_term.ends_in = said;
            } else if (m_months == 0) {
                count_from_begin(text, said);
            }
        }
        if (m_term.renewal_months == 0 && renews_itself(text)) {
            m_term.renewal_months = renewal_in(text);
            if (!m_term.renews || m_term.renewal_months > 0)
                m_term.renews_in = said;
            m_term.renews = true;
        }
    }

    Term take()
    {
        if (!m_term.ends && m_months > 0 && m_term.begins) {
            m_term.ends = base::last_day_of(*m_term.begins, m_months);
            m_term.ends_in = m_counted_in;
        }
        if (m_term.ends && m_term.begins && *m_term.ends < *m_term.begins)
            m_term.ends.reset();
        return m_term;
    }

private:
    void count_from_begin(string_view text, StatedIn said)
    {
        const std::vector<Duration> durations = durations_in(text);
        // The first term is said before the next ones.
        const std::size_t renewal = std::min(text.find("shall renew"), text.find("will renew"));
        for (const string_view word : {"initial term", "term of", "period of", "continue", "remain"}) {
            const std::size_t at = text.find(word);
            const auto duration =
                std::ranges::find_if(durations, [&](const Duration& d) { return d.at > at; });
            if (at == text.npos || at > renewal || duration == durations.end() ||
                duration->at > at + 2 * near)
                continue;
            if (has_any(text.substr(at, duration->at - at),
                        {"renew", "subsequent", "notice", "prior to", "before the", "up to"}) ||
                counts_from_another_day(text, *duration) || is_of_something_else(text, *duration))
                continue;
            m_months = duration->months;
            m_counted_in = said;
            return;
        }
    }
    // 0: the sentence does not say how long the next term is.
    static int renewal_in(string_view text)
    {
        for (const Duration& duration : durations_in(text)) {
            const std::size_t from = duration.at - std::min(duration.at, 2 * near);
            const string_view before = text.substr(from, duration.at - from);
            const bool of_renewal = has_any(before, {"renew", "successive", "additional", "extend"}) ||
                                    text.substr(duration.at, near / 3).find("renewal") != text.npos;
            if (of_renewal && !is_of_something_else(text, duration))
                return duration.months;
        }
        if (has_any(text, {"year to year", "year-to-year", "renew annually", "renewed annually",
                           "renewing annually"}))
            return 12;
        return has_any(text, {"month to month", "month-to-month"}) ? 1 : 0;
    }

    Term m_term;
    int m_sure = 0;
    int m_months = 0;
    StatedIn m_counted_in;
};

}

Term term_of(const document::Document& document)
{
    Finder finder;
    for (const document::Sentence& sentence : document.sentences) {
        const std::string text = base::lowered(
            document.slice(sentence.begin, std::min<std::uint32_t>(sentence.end, sentence.begin + longest)));
        finder.read(text, {sentence.begin, sentence.end});
    }
    return finder.take();
}

}
