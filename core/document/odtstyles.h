#pragma once

#include "core/base/result.h"
#include "core/document/numerals.h"
#include "core/document/xmlreader.h"

#include <array>
#include <optional>
#include <string>
#include <unordered_map>

namespace leeway::document::odt {

constexpr std::size_t list_levels = 10;

struct ListLevel
{
    NumberFormat format = NumberFormat::None;
    std::string prefix;
    std::string suffix;
    std::string pattern; // "%1%.%2%", instead of prefix, counts and suffix; may be empty
    int start = 1;
    std::size_t shown = 1; // how many levels the label counts
};
using ListStyle = std::array<ListLevel, list_levels>;

/// Where a list stands.
struct ListCounter
{
    std::array<int, list_levels> values{};
    std::array<bool, list_levels> used{};

    /// Counts one more at `level` (0-based), from `restart` where that is given. A level that was passed over
    /// counts as if it had been there once.
    void count(const ListStyle& style, std::size_t level, std::optional<int> restart);
    /// As printed.
    [[nodiscard]] std::string label(const ListStyle& style, std::size_t level) const;
};

/// A style with what it inherits.
struct TextStyle
{
    std::string name; // of the named style it stands for: "Title", "Contents_20_1"
    std::optional<bool> bold;
    std::optional<bool> hidden;
    std::optional<bool> capitals;
    std::optional<int> outline; // 1 is the highest heading
};

/// The styles of styles.xml and content.xml, by their names in the file.
class Styles
{
public:
    /// The current element is one that holds styles (office:styles, office:automatic-styles); afterwards the
    /// reader stands behind it.
    void read(XmlReader& xml);

    [[nodiscard]] TextStyle text(const std::string& name) const;
    /// Null when there is no such list style.
    [[nodiscard]] const ListStyle* list(const std::string& name) const;
    /// That of numbered headings.
    [[nodiscard]] const ListStyle& outline() const { return m_outline; }

private:
    struct Style
    {
        std::string parent;
        TextStyle text;
        bool automatic = false;
    };
    void read_style(XmlReader& xml, bool automatic);

    std::unordered_map<std::string, Style> m_styles;
    std::unordered_map<std::string, ListStyle> m_lists;
    ListStyle m_outline;
};

}
