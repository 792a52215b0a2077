#include "core/document/recognised.h"

#include "core/base/text.h"
#include "core/document/characters.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

namespace leeway::document {
namespace {

constexpr float points = 72;                // an inch
constexpr std::size_t most_words = 100'000; // of a page
constexpr double speck = 15;                // confidence

// level page block paragraph line word left top width height confidence text
constexpr std::size_t columns = 12;

struct Entry
{
    std::array<double, columns - 1> values{};
    std::string_view text;

    [[nodiscard]] int level() const { return static_cast<int>(values[0]); }
    [[nodiscard]] double confidence() const { return values[10]; }
};

std::optional<double> number_in(std::string_view text)
{
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value) ||
        std::abs(value) > 1e6)
        return std::nullopt;
    return value;
}

std::optional<Entry> entry_of(std::string_view line)
{
    Entry entry;
    for (double& value : entry.values) {
        const std::size_t tab = line.find('\t');
        const auto number = number_in(line.substr(0, tab));
        if (!number || tab == std::string_view::npos)
            return std::nullopt;
        value = *number;
        line.remove_prefix(tab + 1);
    }
    entry.text = base::trimmed(line);
    return entry;
}

}

base::Result<Recognised> words_of_table(std::string_view table, int dpi)
{
    const auto garbled = [] {
        return base::fail(base::ErrorCode::Unreadable,
                          "Tesseract answered with something unreadable. Install it again.");
    };
    if (!table.starts_with("level\t") || dpi <= 0)
        return garbled();
    const auto scaled = [dpi](double pixels) {
        return static_cast<float>(pixels) * points / static_cast<float>(dpi);
    };
    Recognised page;
    double sum = 0;
    double letters = 0;
    float top = 0;
    float height = 0;
    std::size_t at = std::min(table.find('\n'), table.size() - 1) + 1;
    while (at < table.size()) {
        const std::size_t end = std::min(table.find('\n', at), table.size());
        const auto entry = entry_of(table.substr(at, end - at));
        at = end + 1;
        if (!entry)
            return garbled();
        constexpr int line = 4;
        constexpr int word = 5;
        if (entry->level() <= line && !page.words.empty())
            page.words.back().line_end = true;
        if (entry->level() == line) {
            top = scaled(entry->values[7]);
            height = std::max(0.0F, scaled(entry->values[9]));
        }
        if (entry->level() != word || entry->text.empty() || entry->confidence() < speck)
            continue;
        if (page.words.size() == most_words)
            return garbled();
        PrintedWord printed;
        printed.text = base::to_valid_utf8(entry->text);
        std::erase_if(printed.text, is_blank);
        if (printed.text.empty())
            continue;
        printed.box = {scaled(entry->values[6]), top, std::max(0.0F, scaled(entry->values[8])), height};
        printed.space_after = true;
        sum += std::min(entry->confidence(), 100.0) * static_cast<double>(printed.text.size());
        letters += static_cast<double>(printed.text.size());
        page.words.push_back(std::move(printed));
    }
    if (!page.words.empty()) {
        page.words.back().line_end = true;
        page.confidence = static_cast<int>(std::lround(sum / letters));
    }
    return page;
}

}
