#include "core/fallback/editdistance.h"

#include "core/fallback/jstext.h"

#include <algorithm>
#include <numeric>

namespace leeway::fallback {

base::Result<Distance> edit_distance(std::u16string_view a, std::u16string_view b, double threshold)
{
    while (!a.empty() && !b.empty() && a.front() == b.front()) {
        a.remove_prefix(1);
        b.remove_prefix(1);
    }
    while (!a.empty() && !b.empty() && a.back() == b.back()) {
        a.remove_suffix(1);
        b.remove_suffix(1);
    }
    if (a.size() < b.size())
        std::swap(a, b);
    const std::size_t gap = a.size() - b.size();
    if (static_cast<double>(gap) > threshold)
        return Distance{gap, b.empty()};
    const std::size_t small = std::size_t{256} * 256;
    // A short pair is worked out in full for the sake of the reason; a long one only as far as the threshold.
    const std::size_t band = a.size() * b.size() <= small || !(threshold < static_cast<double>(a.size()))
                                 ? a.size()
                                 : static_cast<std::size_t>(std::max(threshold, 0.0));
    if (static_cast<double>(a.size()) * static_cast<double>(std::min(b.size(), 2 * band + 1)) > 2e9)
        return base::fail(base::ErrorCode::TooLarge, "the texts are too long to measure their edit distance");
    const std::size_t beyond = band + 1;
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        const std::size_t from = i > band ? i - band : 1;
        const std::size_t to = std::min(b.size(), i + band);
        std::size_t diagonal = from == 1 ? i - 1 : row[from - 1];
        row[from - 1] = from == 1 ? i : beyond;
        if (to == i + band)
            row[to] = beyond;
        for (std::size_t j = from; j <= to; ++j) {
            const std::size_t best =
                std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U)});
            diagonal = row[j];
            row[j] = best;
        }
    }
    const std::size_t distance = row[b.size()];
    return distance > band ? Distance{beyond, false} : Distance{distance, true};
}

base::Result<std::vector<std::string>> split_values(std::string_view text)
{
    using base::ErrorCode;
    std::vector<std::string> values;
    const auto skip = [&](bool commas) {
        for (;;) {
            const std::size_t blank = blank_length(text);
            if (blank == 0 && !(commas && text.starts_with(',')))
                return;
            text.remove_prefix(std::max<std::size_t>(blank, 1));
        }
    };
    for (skip(true); !text.empty(); skip(true)) {
        if (text.front() != '"') {
            const auto comma = text.find(',');
            values.emplace_back(js_trimmed(text.substr(0, comma)));
            text.remove_prefix(std::min(comma, text.size()));
            continue;
        }
        text.remove_prefix(1);
        std::string value;
        bool closed = false;
        while (!text.empty() && !closed) {
            const bool pair =
                text.starts_with("\\\"") || text.starts_with("\\\\") || text.starts_with("\"\"");
            closed = !pair && text.front() == '"';
            if (!closed)
                value += text[pair ? 1 : 0];
            text.remove_prefix(pair ? 2 : 1);
        }
        if (!closed)
            return base::fail(ErrorCode::Invalid, "a quotation mark in the list of values is not closed");
        skip(false);
        if (!text.empty() && text.front() != ',')
            return base::fail(ErrorCode::Invalid, "a comma must follow a value in quotation marks");
        values.push_back(std::move(value));
    }
    return values;
}

}
