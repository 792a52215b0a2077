#include "core/base/text.h"
#include "core/fallback/gradeparts.h"
#include "core/fallback/htmlcheck.h"
#include "core/fallback/jstext.h"
#include "core/fallback/xmlcheck.h"

namespace leeway::fallback {
namespace {

using nlohmann::json;

// Required elements: "a.b, c", a list, or {requiredElements: [...]}.
base::Result<std::vector<std::string>> required_of(const Grading& g)
{
    const json& value = g.wanted();
    std::vector<std::string> required;
    const auto take = [&](const json& list) {
        for (const json& item : list)
            required.push_back(js_string(item));
        return required;
    };
    if (value.is_string()) {
        for (const std::string& path : base::split(value.get_ref<const std::string&>(), ','))
            required.emplace_back(js_trimmed(path));
        return required;
    }
    if (value.is_array())
        return take(value);
    if (value.is_object() && value.contains("requiredElements") && value["requiredElements"].is_array())
        return take(value["requiredElements"]);
    if (!value.is_object() || value.empty())
        return required;
    return base::fail(base::ErrorCode::Invalid,
                      "needs “requiredElements”, a list of paths, or no value at all");
}

Verdict grade_xml(const Grading& g, std::string (*fault)(std::string_view, const std::vector<std::string>&),
                  std::string_view right)
{
    const auto required = required_of(g);
    if (!required)
        return cannot(required.error().message);
    const std::string found = fault(g.output, *required);
    return yes_or_no(found.empty(), g, found.empty() ? std::string(right) : found);
}

Verdict is_xml(const Grading& g)
{
    return grade_xml(g, xml_fault, "the answer is well-formed XML with all required elements");
}

Verdict contains_xml(const Grading& g)
{
    return grade_xml(g, embedded_xml_fault, "the answer holds XML with all required elements");
}

Verdict is_html(const Grading& g)
{
    const std::string fault = html_fault(g.output);
    return yes_or_no(fault.empty(), g, fault.empty() ? "the answer is HTML" : fault);
}

Verdict contains_html(const Grading& g)
{
    const bool found = holds_html(g.output);
    return yes_or_no(found, g,
                     found ? "the answer holds HTML" : "the answer shows fewer than two signs of HTML");
}

}

void add_markup_graders(std::unordered_map<std::string_view, Grader>& graders)
{
    graders.insert({{"is-xml", is_xml},
                    {"contains-xml", contains_xml},
                    {"is-html", is_html},
                    {"contains-html", contains_html}});
}

}
