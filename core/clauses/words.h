#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

namespace leeway::clauses {

/// The form under which inflections of an English word meet: "terminates", "terminated" → "terminat".
/// `word` is in lower case.
std::string stem(std::string_view word);

/// The value of a number word ("thirty", "twenty-four" comes as two words), -1 for any other word.
int number_word(std::string_view word);

/// The lower-case words of one document, each under a small index.
class Vocabulary
{
public:
    std::uint32_t intern(std::string_view lower);
    [[nodiscard]] const std::string& at(std::uint32_t index) const { return m_words[index]; }
    [[nodiscard]] const std::string& stem_of(std::uint32_t index) const { return m_stems[index]; }
    [[nodiscard]] std::size_t size() const { return m_words.size(); }

private:
    std::deque<std::string> m_words;
    std::deque<std::string> m_stems;
    std::unordered_map<std::string_view, std::uint32_t> m_index;
};

}
