#pragma once

#include "core/fallback/reader.h"
#include "core/fallback/yaml.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace leeway::fallback {

/// A file that is being read, with the helpers that its readers share. Every complaint names file, line and
/// path.
class SuiteFile
{
public:
    explicit SuiteFile(YamlFile yaml) : m_yaml(std::move(yaml)) {}

    [[nodiscard]] const nlohmann::json& root() const { return m_yaml.file.value; }
    [[nodiscard]] base::Error error(const std::string& path, const std::string& complaint) const
    {
        return m_yaml.file.error(path, complaint);
    }
    [[nodiscard]] int line(const std::string& path) const;
    /// The names of an object as they stand in the file.
    [[nodiscard]] std::vector<std::string> names(const std::string& path, const nlohmann::json& object) const;

    /// Refuses a name that is neither in `known` nor, with its reason, in `refused`.
    [[nodiscard]] base::Status check_names(const std::string& path, const nlohmann::json& object,
                                           const std::set<std::string>& known,
                                           const std::map<std::string, std::string>& refused = {}) const;

    /// A list of assertions, `$ref` to assertionTemplates followed.
    [[nodiscard]] base::Result<std::vector<Assertion>> assertions(const std::string& path,
                                                                  const nlohmann::json& list) const;

    [[nodiscard]] base::Result<std::string> text(const std::string& path,
                                                 const nlohmann::json& value) const; // numbers too
    [[nodiscard]] base::Result<double> number(const std::string& path, const nlohmann::json& value) const;

private:
    [[nodiscard]] base::Result<nlohmann::json> followed(const std::string& path,
                                                        const nlohmann::json& item) const;
    [[nodiscard]] base::Result<Assertion> assertion(const std::string& path, const nlohmann::json& item,
                                                    bool in_set) const;

    YamlFile m_yaml;
};

/// A prompt as text, or as a list of chat messages in JSON.
std::vector<Message> messages_of_prompt(const std::string& prompt);

base::Result<Suite> read_promptfoo(const SuiteFile& file, const Beside& beside);
base::Result<Suite> read_leeway_suite(const SuiteFile& file);
/// One case of Leeway's own format at `path`.
base::Result<Case> read_leeway_case(const SuiteFile& file, const std::string& path,
                                    const nlohmann::json& value);

/// A test of a promptfoo file, before prompts and defaults are put to it.
struct PromptfooTest
{
    std::string description;
    std::vector<std::pair<std::string, nlohmann::json>> vars; // in the order of the file
    std::vector<Assertion> assertions;
    std::optional<double> threshold;
    nlohmann::json options = nlohmann::json::object();
    nlohmann::json metadata = nlohmann::json::object();
    std::vector<std::string> prompts; // labels; empty: all
    int line = 0;
};

/// The tests of a CSV table with promptfoo's columns.
base::Result<std::vector<PromptfooTest>> read_csv_tests(const std::string& name, std::string_view text);

struct PromptfooPrompt
{
    std::string label;
    std::string text;
};

/// Cases out of tests and prompts: defaults merged, lists of texts in a variable spread out. `where` names
/// the file in errors.
base::Result<std::vector<Case>> cases_of(const std::vector<PromptfooTest>& tests,
                                         const std::vector<PromptfooPrompt>& prompts,
                                         const PromptfooTest& defaults, const std::string& where);

}
