#pragma once

#include "core/document/docxstyles.h"
#include "core/document/numerals.h"

#include <array>
#include <map>
#include <unordered_map>

namespace leeway::document::docx {

constexpr int list_levels = 9;

struct ListLevel
{
    int start = 0;
    NumberFormat format = NumberFormat::Decimal;
    std::string text;           // "%1.%2": the counts of levels 1 and 2 with what stands around them
    bool legal = false;         // all counts in figures
    std::optional<int> restart; // 0: never; n: behind paragraphs of the levels 1 … n
    bool joined = false;        // nothing between the label and the text
    bool hidden = false;
    std::string style; // the paragraph style that is tied to the level
    std::optional<int> left;
};

/// A paragraph's label as the word processor prints it.
struct ListLabel
{
    std::string text; // "8.2", "(a)", "Article IV."; empty for bullets and levels without one
    bool bullet = false;
    bool joined = false;
    int list = 0; // which paragraphs count together
    int level = 0;
    std::optional<int> left;
};

/// word/numbering.xml: the lists, and where each of them stands. Labels must be asked for in document order.
class Numbering
{
public:
    base::Status read(const std::string& xml, const Styles& styles);

    /// The label of the next paragraph of list `id` (w:numId); nothing when there is no such list.
    std::optional<ListLabel> next(int id, int level);

    /// The level of list `id` that is tied to one of these paragraph styles, the first that is.
    [[nodiscard]] std::optional<int> level_of(int id, const std::vector<std::string>& styles) const;

private:
    using Levels = std::array<ListLevel, list_levels>;
    struct Abstract
    {
        Levels levels;
        std::string linked_style;
    };
    struct List
    {
        int abstract = 0;
        std::map<int, ListLevel> levels; // that replace those of the abstract list
        std::map<int, int> starts;       // not yet used
    };
    struct Counter
    {
        std::array<int, list_levels> values{};
        std::array<bool, list_levels> used{};
    };
    void read_abstract(XmlReader& xml);
    void read_list(XmlReader& xml);
    const ListLevel& level_in(const List& list, int level) const;
    std::string printed(const List& list, const Counter& counter, int level) const;

    std::unordered_map<int, Abstract> m_abstracts;
    std::unordered_map<int, List> m_lists;
    std::unordered_map<int, Counter> m_counters; // by abstract list
};

}
