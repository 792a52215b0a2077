#include "core/clauses/term/term.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <initializer_list>

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

bool has_any(string_view text, std::initializer_list<string_view> words)
{
    return std::ranges::any_of(words, [&](string_view word) { return text.find(word) != text.npos; });
}

struct Duration
{
    int months = 0;
    std::size_t end = 0;
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
        if (head.ends_with(count.word) && count.word.size() > length) {
            best = count.value;
            length = count.word.size();
        }
    }
    return best;
}

// The first duration in months or years behind `from`.
std::optional<Duration> duration_after(string_view text, std::size_t from)
{
    for (std::size_t at = from; at < text.size(); ++at) {
        const bool years = text.substr(at).starts_with("year");
        if (!years && !text.substr(at).starts_with("month"))
            continue;
        const auto number = number_before(text, at);
        if (number && *number > 0)
            return Duration{*number * (years ? 12 : 1), at};
    }
    return std::nullopt;
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
                          "(the \"term\")", "agreement expires", "agreement takes effect"});
}

bool renews_itself(string_view text)
{
    return text.find("renew") != text.npos &&
           has_any(text, {"automatic", "successive", "renews for", "renew for", "be renewed for"}) &&
           !has_any(text, {"not automatically renew", "not renew automatically", "no automatic renewal",
                           "not be renewed automatically", "not be automatically renewed"});
}

base::Date last_day(base::Date begins, int months)
{
    const std::chrono::year_month_day first{begins};
    const std::chrono::year_month_day next = first + std::chrono::months(months);
    return next.ok() ? base::Date(next) - std::chrono::days(1)
                     : base::Date(next.year() / next.month() / std::chrono::last);
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
            if (const auto duration = duration_after(text, text.find("renew"))) {
                m_term.renewal_months = duration->months;
                m_term.renews_in = said;
            }
        }
    }

    Term take()
    {
        if (!m_term.ends && m_months > 0 && m_term.begins) {
            m_term.ends = last_day(*m_term.begins, m_months);
            m_term.ends_in = m_counted_in;
        }
        if (m_term.ends && m_term.begins && *m_term.ends < *m_term.begins)
            m_term.ends.reset();
        return m_term;
    }

private:
    void count_from_begin(string_view text, StatedIn said)
    {
        for (const string_view word : {"initial term", "term of", "period of", "continue", "remain"}) {
            const std::size_t at = text.find(word);
            const auto duration = at == text.npos ? std::nullopt : duration_after(text, at);
            if (duration && duration->end <= at + 2 * near && !renews_before(text, at, duration->end)) {
                m_months = duration->months;
                m_counted_in = said;
                return;
            }
        }
    }
    static bool renews_before(string_view text, std::size_t from, std::size_t to)
    {
        return has_any(text.substr(from, to - from), {"renew", "notice", "prior to", "before the"});
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
