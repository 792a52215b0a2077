#include "ui/fallback/suite/casecheck.h"

#include "core/base/text.h"
#include "core/fallback/assertions.h"
#include "core/fallback/jsregex.h"
#include "core/fallback/reader.h"
#include "core/fallback/templates.h"
#include "ui/widgets/text.h"

#include <QCoreApplication>
#include <set>

namespace leeway::ui {

namespace {

QString say(const char* text)
{
    return QCoreApplication::translate("CaseCheck", text);
}

void checkTexts(const fallback::Case& c, int index, std::vector<Complaint>& complaints)
{
    if (c.messages.empty())
        complaints.push_back({index, CaseField::Messages, 0, say("Nothing is asked: add a message.")});
    for (std::size_t i = 0; i < c.messages.size(); ++i) {
        const auto done = fallback::check_template(c.messages[i].content);
        if (base::trimmed(c.messages[i].content).empty())
            complaints.push_back({index, CaseField::Messages, int(i), say("This message is empty.")});
        else if (!done)
            complaints.push_back({index, CaseField::Messages, int(i), str(done.error().message)});
    }
    for (const auto& [name, value] : c.vars.items()) {
        const auto done = fallback::check_template("{{" + name + "}}");
        if (!done)
            complaints.push_back(
                {index, CaseField::Variables, 0,
                 say("“%1” cannot be the name of a variable: use letters, digits and _.").arg(str(name))});
    }
}

// A pattern that JavaScript would refuse may stand in a suite: each answer would be an error.
QString faultOf(const fallback::Assertion& assertion)
{
    if (const auto done = fallback::check_assertion(assertion); !done)
        return str(done.error().message);
    if (assertion.type != "regex" || !assertion.value || !assertion.value->is_string())
        return {};
    const auto& pattern = assertion.value->get_ref<const std::string&>();
    const auto compiled = fallback::compile_pattern(pattern);
    if (!compiled || compiled->fault.empty() || pattern.find("{{") != std::string::npos)
        return {};
    return say("This pattern cannot be read: %1.").arg(str(compiled->fault));
}

}

std::vector<Complaint> complaintsOf(const fallback::Suite& suite)
{
    std::vector<Complaint> complaints;
    std::set<std::string> ids;
    for (int i = 0; i < int(suite.cases.size()); ++i) {
        const fallback::Case& c = suite.cases[std::size_t(i)];
        if (base::trimmed(c.id).empty())
            complaints.push_back({i, CaseField::Id, 0, say("Give the case a name.")});
        else if (!ids.insert(c.id).second)
            complaints.push_back(
                {i, CaseField::Id, 0, say("Another case is called “%1” already.").arg(str(c.id))});
        checkTexts(c, i, complaints);
        for (std::size_t at = 0; at < c.assertions.size(); ++at) {
            if (const QString fault = faultOf(c.assertions[at]); !fault.isEmpty())
                complaints.push_back({i, CaseField::Checks, int(at), fault});
        }
    }
    return complaints;
}

base::Result<fallback::Suite> asKept(const fallback::Suite& suite)
{
    return fallback::parse_suite("suite.json", fallback::to_json(suite));
}

QString fieldOf(const nlohmann::json& value)
{
    if (value.is_null())
        return {};
    return value.is_string() ? str(value.get_ref<const std::string&>()) : str(value.dump());
}

nlohmann::json valueOf(const QString& field, const nlohmann::json& before)
{
    if (field == fieldOf(before))
        return before;
    const std::string text = utf8(field);
    auto json = nlohmann::json::parse(text, nullptr, false);
    const bool meant = json.is_structured() || (before.is_number() && json.is_number());
    return meant ? json : nlohmann::json(text);
}

}
