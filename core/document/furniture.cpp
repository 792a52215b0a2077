#include "core/document/furniture.h"
#include "core/document/characters.h"
#include "core/document/layout.h"

#include <cmath>
#include <unordered_map>

namespace leeway::document {
namespace {

constexpr std::size_t deepest = 6; // rows looked at from each end of a page

std::string row_text(const PrintedPage& page, const Row& row)
{
    std::string text;
    for (const Run& run : row.runs) {
        for (std::uint32_t i = run.first; i < run.last; ++i) {
            text += page.words[i].text;
            text += ' ';
        }
    }
    return text;
}

// "------", "=====": nothing but a drawn line.
bool is_rule(const PrintedPage& page, const Row& row)
{
    std::size_t size = 0;
    for (const Run& run : row.runs) {
        for (std::uint32_t i = run.first; i < run.last; ++i) {
            if (page.words[i].text.find_first_not_of("-=") != std::string::npos)
                return false;
            size += page.words[i].text.size();
        }
    }
    return size > 3;
}

// Takes out drawn lines, and notices that stand on many pages, wherever they stand.
void drop_notices(const std::vector<PrintedPage>& pages, std::vector<std::vector<Row>>& rows)
{
    constexpr std::uint32_t most_words = 40;
    std::unordered_map<std::string, int> seen;
    const auto key_of = [&](std::size_t p, const Row& row) -> std::string {
        std::uint32_t words = 0;
        for (const Run& run : row.runs)
            words += run.last - run.first;
        if (words > most_words)
            return {};
        std::string key = furniture_key(row_text(pages[p], row));
        return reads_like_notice(key) ? key : std::string();
    };
    for (std::size_t p = 0; p < rows.size(); ++p) {
        std::erase_if(rows[p], [&](const Row& row) { return is_rule(pages[p], row); });
        for (const Row& row : rows[p]) {
            if (const std::string key = key_of(p, row); !key.empty())
                ++seen[key];
        }
    }
    std::erase_if(seen, [](const auto& entry) { return entry.second < notice_repeats; });
    if (seen.empty())
        return;
    for (std::size_t p = 0; p < rows.size(); ++p)
        std::erase_if(rows[p], [&](const Row& row) { return seen.contains(key_of(p, row)); });
}

// Takes out page numbers in the middle of a page's width that count up from row to row, wherever they stand.
void drop_counting_rows(const std::vector<PrintedPage>& pages, std::vector<std::vector<Row>>& rows)
{
    constexpr std::size_t shortest_chain = 3;
    std::vector<std::pair<std::size_t, std::size_t>> chain; // page and row
    int last = 0;
    for (std::size_t p = 0; p < rows.size(); ++p) {
        for (std::size_t r = 0; r < rows[p].size(); ++r) {
            const Row& row = rows[p][r];
            const std::string& text = pages[p].words[row.runs.front().first].text;
            const bool alone = row.runs.size() == 1 && row.runs[0].last - row.runs[0].first == 1;
            if (!alone || text.size() > 3 || text.find_first_not_of("0123456789") != std::string::npos)
                continue;
            const float off = std::abs((row.left + row.right) / 2 - pages[p].size.width / 2);
            const int number = std::atoi(text.c_str());
            if (off > 0.1F * pages[p].size.width || number <= last || number > last + 2)
                continue;
            chain.emplace_back(p, r);
            last = number;
        }
    }
    if (chain.size() < shortest_chain)
        return;
    for (std::size_t i = chain.size(); i-- > 0;)
        rows[chain[i].first].erase(rows[chain[i].first].begin() +
                                   static_cast<std::ptrdiff_t>(chain[i].second));
}

// Index of the row `depth` rows from the top or the foot.
std::size_t row_index(std::size_t count, std::size_t depth, bool top)
{
    return top ? depth : count - 1 - depth;
}

}

std::string furniture_key(std::string_view text)
{
    std::string key;
    for (const char c : text.substr(0, 400)) {
        if (is_digit(c)) {
            if (!key.ends_with('#'))
                key += '#';
        } else if (is_letter(c)) {
            key += is_upper(c) ? static_cast<char>(c + 32) : c;
        } else if (static_cast<unsigned char>(c) >= 0x80) {
            key += c;
        }
    }
    return key;
}

bool reads_like_notice(std::string_view key)
{
    constexpr std::size_t shortest = 20;
    if (key.size() < shortest)
        return false;
    for (const std::string_view word : {"confidentialtreatment", "omitted", "omissions", "page#"}) {
        if (key.find(word) != std::string_view::npos)
            return true;
    }
    return key.ends_with("confidential");
}

bool is_page_number(std::string_view text)
{
    std::string key;
    int digits = 0;
    for (const char c : text) {
        if (key.size() > 24)
            return false;
        if (is_digit(c)) {
            ++digits;
            if (!key.ends_with('#'))
                key += '#';
        } else if (is_letter(c)) {
            key += is_upper(c) ? static_cast<char>(c + 32) : c;
        } else if (!is_blank(c) && std::string_view("-–—.|/[]()~").find(c) == std::string_view::npos) {
            return false;
        }
    }
    if (digits > 6)
        return false;
    if (key == "#" || key == "page#" || key == "page#of#" || key == "#of#" || key == "##" || key == "pg#" ||
        key == "p#" || key == "-#-")
        return true;
    // "A-3", "iv"
    if (key.size() == 2 && is_lower(key[0]) && key[1] == '#' && text.find('-') != std::string_view::npos)
        return true;
    return !key.empty() && key.size() <= 5 && key.find_first_not_of("ivx") == std::string::npos;
}

void drop_furniture(const std::vector<PrintedPage>& pages, std::vector<std::vector<Row>>& rows)
{
    drop_notices(pages, rows);
    drop_counting_rows(pages, rows);
    struct Key
    {
        std::string text;
        float y = 0;
        bool number = false;
    };
    // Keys of the outermost rows, and on how many pages each stands at about that height.
    std::vector<std::vector<Key>> ends[2];
    std::unordered_map<std::string, std::vector<float>> seen[2];
    for (int side = 0; side < 2; ++side) {
        ends[side].resize(rows.size());
        for (std::size_t p = 0; p < rows.size(); ++p) {
            for (std::size_t depth = 0; depth < std::min(deepest, rows[p].size()); ++depth) {
                const Row& row = rows[p][row_index(rows[p].size(), depth, side == 0)];
                const std::string text = row_text(pages[p], row);
                Key key{furniture_key(text), row.top, is_page_number(text)};
                const bool first_on_page =
                    std::none_of(ends[side][p].begin(), ends[side][p].end(),
                                 [&](const Key& other) { return other.text == key.text; });
                if (!key.text.empty() && first_on_page)
                    seen[side][key.text].push_back(row.top);
                ends[side][p].push_back(std::move(key));
            }
        }
        for (auto& [text, heights] : seen[side])
            std::sort(heights.begin(), heights.end());
    }
    const auto repeats = [&](std::size_t page, int side, const Key& key) {
        const auto found = seen[side].find(key.text);
        if (found == seen[side].end())
            return false;
        constexpr float same_height = 6;
        const auto& heights = found->second;
        const auto near = std::upper_bound(heights.begin(), heights.end(), key.y + same_height) -
                          std::lower_bound(heights.begin(), heights.end(), key.y - same_height);
        // The foot of a short last page stands higher, so the same words anywhere at the foot count, too.
        const std::size_t wanted = rows.size() < 4 ? 2 : 3;
        // The title on the first page is often the running header of the others: it stands lower, and stays.
        const bool anywhere = side == 1 || page > 0;
        return static_cast<std::size_t>(near) >= wanted ||
               (anywhere && key.text.size() > 12 && heights.size() >= wanted);
    };
    for (std::size_t p = 0; p < rows.size(); ++p) {
        std::size_t cut[2] = {0, 0};
        for (int side = 0; side < 2; ++side) {
            for (std::size_t depth = 0; depth < ends[side][p].size(); ++depth) {
                const Key& key = ends[side][p][depth];
                if (key.number || repeats(p, side, key))
                    cut[side] = depth + 1;
                else if (!key.text.empty()) // a printed rule goes with what stands beyond it
                    break;
            }
        }
        auto& list = rows[p];
        if (cut[0] + cut[1] >= list.size() && list.size() > 0) {
            // Never empty a page that holds more than its number.
            const bool only_numbers = std::all_of(ends[0][p].begin(), ends[0][p].end(),
                                                  [](const Key& k) { return k.number || k.text.empty(); });
            if (!only_numbers && rows.size() < 4)
                continue;
            list.clear();
            continue;
        }
        list.erase(list.end() - static_cast<std::ptrdiff_t>(cut[1]), list.end());
        list.erase(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(cut[0]));
    }
}

}
