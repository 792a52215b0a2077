#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::fallback {

/// What of an XML element matters for required paths: its children, attributes (as "@_name") and text
/// ("#text").
struct XmlElement
{
    std::map<std::string, std::vector<XmlElement>, std::less<>> children;
    bool has_text = false;

    /// Whether the dotted path leads somewhere; a name that stands several times needs its number next.
    [[nodiscard]] bool holds(std::string_view path) const;
    void add_attribute(const std::string& name) { children["@_" + name].emplace_back(); }
};

/// The required paths that `root` does not hold, joined by commas.
std::string missing_paths(const XmlElement& root, const std::vector<std::string>& required);

/// Builds the tree of a document of at most 512 levels from opening and closing tags.
class XmlBuilder
{
public:
    XmlElement* open(const std::string& name); // nullptr when it is too deep
    void text();
    void close();
    [[nodiscard]] const XmlElement& root() const { return m_root; }

private:
    XmlElement m_root;
    std::vector<XmlElement> m_open;
    std::vector<std::string> m_names;
};

}
