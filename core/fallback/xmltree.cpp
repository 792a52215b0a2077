#include "core/fallback/xmltree.h"

#include "core/base/text.h"

#include <algorithm>

namespace leeway::fallback {
namespace {

bool is_number(const std::string& step)
{
    return !step.empty() && step.size() < 10 && step.find_first_not_of("0123456789") == std::string::npos &&
           (step.size() == 1 || step.front() != '0');
}

}

bool XmlElement::holds(std::string_view path) const
{
    const XmlElement* at = this;
    const std::vector<XmlElement>* several = nullptr;
    for (const std::string& step : base::split(path, '.')) {
        if (several != nullptr) {
            if (!is_number(step) || std::stoul(step) >= several->size())
                return false;
            at = &(*several)[std::stoul(step)];
            several = nullptr;
            continue;
        }
        if (step == "#text" && at->has_text && !at->children.empty()) {
            static const XmlElement text;
            at = &text;
            continue;
        }
        const auto child = at->children.find(step);
        if (child == at->children.end())
            return false;
        if (child->second.size() > 1)
            several = &child->second;
        else
            at = &child->second.front();
    }
    return true;
}

std::string missing_paths(const XmlElement& root, const std::vector<std::string>& required)
{
    std::string missing;
    for (const std::string& path : required) {
        if (!root.holds(path))
            missing += (missing.empty() ? "" : ", ") + path;
    }
    return missing;
}

XmlElement* XmlBuilder::open(const std::string& name)
{
    constexpr std::size_t deepest = 512;
    if (m_open.size() >= deepest)
        return nullptr;
    m_names.push_back(name);
    return &m_open.emplace_back();
}

void XmlBuilder::text()
{
    (m_open.empty() ? m_root : m_open.back()).has_text = true;
}

void XmlBuilder::close()
{
    if (m_open.empty())
        return;
    XmlElement element = std::move(m_open.back());
    const std::string name = std::move(m_names.back());
    m_open.pop_back();
    m_names.pop_back();
    (m_open.empty() ? m_root : m_open.back()).children[name].push_back(std::move(element));
}

}
