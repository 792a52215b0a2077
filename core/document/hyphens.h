#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace leeway::document {

struct PrintedPage;

/// Decides what a hyphen at a line end stands for, from the other words of the same document.
class Hyphens
{
public:
    enum class Join {
        Blank, // no broken word
        Keep,  // a compound that was broken at its hyphen: "third-" "party"
        Drop   // a word that was broken: "termi-" "nation"
    };

    /// Learns the words of `pages`, if any of them has a hyphen at a line end.
    explicit Hyphens(const std::vector<PrintedPage>& pages);
    /// Learns the words of lines of plain text.
    explicit Hyphens(const std::vector<std::string_view>& lines);

    [[nodiscard]] Join at_line_end(std::string_view line, std::string_view next) const;

    /// Bytes of the hyphen at the end of `line`: 1 for "-", 3 for U+2010, 2 for a soft hyphen, 0 for none.
    static std::size_t hyphen_size(std::string_view line);

private:
    void learn(std::string_view word);

    std::unordered_set<std::string> m_words; // lower case, without punctuation at the ends
};

}
