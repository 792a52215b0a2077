#include "core/document/language.h"

#include "core/document/characters.h"

#include <algorithm>
#include <cld2/public/compact_lang_det.h>
#include <map>

namespace leeway::document {
namespace {

constexpr std::size_t pieces = 20;
constexpr std::size_t piece_bytes = 400;
constexpr std::size_t shortest_text = 200; // letters
constexpr std::size_t shortest_piece = 60; // bytes: what CLD2 tells from less is a guess
constexpr double smallest_share = 0.1;

std::size_t letters_in(std::string_view text)
{
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return is_letter(c) || (c & 0xC0) == 0xC0; }));
}

// At most `bytes` from `offset` on, from word to word.
std::string_view piece_at(std::string_view text, std::size_t offset, std::size_t bytes)
{
    std::string_view rest = text.substr(offset);
    if (offset > 0 && !is_blank(text[offset - 1])) {
        const std::size_t blank = std::min(rest.find_first_of(" \n\t"), rest.size());
        rest.remove_prefix(blank);
    }
    if (rest.size() <= bytes)
        return rest;
    const std::size_t blank = rest.find_last_of(" \n\t", bytes);
    if (blank != std::string_view::npos && blank > 0)
        return rest.substr(0, blank);
    std::size_t end = bytes;
    while (end > 0 && continues_character(rest[end]))
        --end;
    return rest.substr(0, end);
}

class Counter
{
public:
    void add(std::string_view text)
    {
        if (text.size() < shortest_piece)
            return;
        CLD2::Language languages[3]{};
        int percents[3]{};
        double scores[3]{};
        int bytes = 0;
        bool reliable = false;

        CLD2::ExtDetectLanguageSummary(text.data(), static_cast<int>(text.size()), true, nullptr, 0,
                                       languages, percents, scores, nullptr, &bytes, &reliable);
        if (!reliable)
            return;
        for (int i = 0; i < 3; ++i) {
            if (languages[i] == CLD2::UNKNOWN_LANGUAGE || percents[i] == 0)
                continue;
            const double weight = static_cast<double>(text.size()) * percents[i] / 100;
            m_weights[CLD2::LanguageCode(languages[i])] += weight;
            m_sum += weight;
        }
    }

    [[nodiscard]] std::vector<LanguageShare> shares() const
    {
        std::vector<LanguageShare> result;
        for (const auto& [code, weight] : m_weights) {
            if (weight >= smallest_share * m_sum)
                result.push_back({code, weight / m_sum});
        }
        std::stable_sort(result.begin(), result.end(),
                         [](const auto& a, const auto& b) { return a.share > b.share; });
        if (result.empty())
            return {{"en", 1}};
        return result;
    }

private:
    std::map<std::string, double> m_weights;
    double m_sum = 0;
};

}

std::vector<LanguageShare> languages_of(const Document& document)
{
    const std::string_view text = document.text;
    if (letters_in(text.substr(0, 8 * shortest_text)) < shortest_text)
        return {{"en", 1}};
    Counter counter;
    const std::size_t step = std::max(piece_bytes, text.size() / pieces);
    for (std::size_t at = 0; at < text.size(); at += step) {
        const std::string_view piece = piece_at(text, at, piece_bytes);
        // Cells and blocks of their own: the columns of a bilingual contract are rows of two cells.
        for (std::size_t begin = 0; begin < piece.size();) {
            const std::size_t end = std::min(piece.find_first_of("\t\n", begin), piece.size());
            counter.add(piece.substr(begin, end - begin));
            begin = end + 1;
        }
    }
    return counter.shares();
}

std::string outside_language(const Document& document, std::string_view wanted)
{
    constexpr double enough = 0.25;
    const auto languages = languages_of(document);
    const bool is_read = std::any_of(languages.begin(), languages.end(), [&](const LanguageShare& language) {
        return language.code == wanted && language.share >= enough;
    });
    return is_read ? std::string() : languages.front().code;
}

std::string language_name(std::string_view code)
{
    const CLD2::Language language = CLD2::GetLanguageFromName(std::string(code).c_str());
    if (language == CLD2::UNKNOWN_LANGUAGE)
        return std::string(code);
    std::string name = CLD2::LanguageName(language); // "GERMAN", "CHINESE_T"
    for (std::size_t i = 1; i < name.size(); ++i) {
        if (is_upper(name[i]) && is_letter(name[i - 1]))
            name[i] = static_cast<char>(name[i] + 32);
    }
    return name;
}

}
