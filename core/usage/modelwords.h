#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::usage {

/// A run of letters and digits of a text in lower case.
struct Word
{
    std::string_view text;
    std::string_view before; // what stands between it and the word before
};
std::vector<Word> words_of(std::string_view text);

/// Finds names of models in the words of a bill. A name is found by its whole words, however they are joined
/// ("claude-sonnet-5", "Claude Sonnet 5"), the longest first; never as a part of a longer one
/// ("gpt-4-mini", "gpt-4.1"). A version at the end (a date, "latest", "v1:0") may be missing in the text, or
/// be there for a name without one.
class ModelWords
{
public:
    /// `id` is what find() gives. Of equal names the first added counts.
    void add(std::string_view name, std::size_t id);

    static constexpr std::size_t none = static_cast<std::size_t>(-1);
    /// The id of the longest name in `text` (in lower case) that `wanted` takes.
    [[nodiscard]] std::size_t find(std::string_view text,
                                   const std::function<bool(std::size_t)>& wanted) const;

private:
    struct Name
    {
        std::vector<std::string> words;
        std::size_t id = 0;
        bool may_have_version = true; // in the text, behind these words
    };
    std::map<std::string, std::vector<Name>, std::less<>> m_by_first_word;
};

}
