#include "core/usage/modelwords.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace leeway::usage {
namespace {

constexpr std::array<std::string_view, 13> parts_of_usage{
    "input", "output", "prompt", "completion", "cache",    "cached", "token",
    "batch", "flex",   "tokens", "requests",   "priority", "usage"};

bool is_name_part(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool is_digits(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool joins(std::string_view between)
{
    return between.size() == 1 && std::string_view("-_. :/@").find(between[0]) != std::string_view::npos;
}

// How many words at the beginning are a version: "20240806", "2024-08-06", "0613", "latest", "v1:0".
std::size_t version_length(std::span<const Word> words)
{
    if (words.empty() || words[0].before == " " || !joins(words[0].before))
        return 0;
    const std::string_view first = words[0].text;
    if (first == "latest" || (is_digits(first) && first.size() == 8))
        return 1;
    if (is_digits(first) && first.size() == 4)
        return words.size() > 2 && is_digits(words[1].text) && is_digits(words[2].text) ? 3 : 1;
    if (words.size() > 1 && first.size() > 1 && first[0] == 'v' && is_digits(first.substr(1)) &&
        words[1].before == ":" && is_digits(words[1].text))
        return 2;
    return 0;
}

// Whether a longer name goes on with the first of these words.
bool goes_on(std::span<const Word> rest)
{
    return !rest.empty() && (rest[0].before == "-" || rest[0].before == ".") &&
           std::ranges::find(parts_of_usage, rest[0].text) == parts_of_usage.end();
}

}

std::vector<Word> words_of(std::string_view text)
{
    std::vector<Word> words;
    std::size_t at = 0;
    std::size_t behind = 0; // the last word
    while (at < text.size()) {
        if (!is_name_part(text[at])) {
            ++at;
            continue;
        }
        std::size_t end = at;
        while (end < text.size() && is_name_part(text[end]))
            ++end;
        words.push_back(Word{text.substr(at, end - at), text.substr(behind, at - behind)});
        behind = end;
        at = end;
    }
    return words;
}

void ModelWords::add(std::string_view name, std::size_t id)
{
    const std::string lower = base::lowered(name);
    const std::vector<Word> words = words_of(lower);
    if (words.empty())
        return;
    const std::span<const Word> all(words);
    std::size_t own = 1;
    while (own < words.size() && version_length(all.subspan(own)) == 0)
        ++own;
    for (const std::size_t length : {words.size(), own}) {
        Name entry{{}, id, own == words.size()};
        for (const Word& word : all.first(length))
            entry.words.emplace_back(word.text);
        m_by_first_word[entry.words.front()].push_back(std::move(entry));
        if (own == words.size())
            return;
    }
}

std::size_t ModelWords::find(std::string_view text, const std::function<bool(std::size_t)>& wanted) const
{
    const std::vector<Word> words = words_of(text);
    const std::span<const Word> all(words);
    const auto stands_at = [&](const Name& name, std::size_t at) {
        if (name.words.size() > words.size() - at)
            return false;
        for (std::size_t i = 0; i < name.words.size(); ++i) {
            if (words[at + i].text != name.words[i] || (i > 0 && !joins(words[at + i].before)))
                return false;
        }
        std::span<const Word> rest = all.subspan(at + name.words.size());
        while (const std::size_t version = version_length(rest)) {
            if (!name.may_have_version)
                return false;
            rest = rest.subspan(version);
        }
        return !goes_on(rest);
    };
    const Name* best = nullptr;
    for (std::size_t at = 0; at < words.size(); ++at) {
        const auto names = m_by_first_word.find(words[at].text);
        if (names == m_by_first_word.end() || (at > 0 && words[at].before == "-"))
            continue;
        for (const Name& name : names->second) {
            if ((best == nullptr || name.words.size() > best->words.size()) && wanted(name.id) &&
                stands_at(name, at))
                best = &name;
        }
    }
    return best == nullptr ? none : best->id;
}

}
