#include "core/fallback/reader.h"

#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/fallback/jstext.h"
#include "core/fallback/suiteparts.h"

#include <fmt/format.h>
#include <unordered_set>

namespace leeway::fallback {
namespace {

using base::ErrorCode;
using base::fail;
using nlohmann::json;

constexpr std::size_t largest = std::size_t{64} << 20;

// Gives cases without an id their number and refuses an id that stands twice.
base::Result<Suite> finished(const std::string& name, std::string_view bytes, Suite suite)
{
    if (suite.cases.empty())
        return fail(ErrorCode::Empty, fmt::format("{}: holds no cases", name));
    std::unordered_set<std::string> seen;
    for (std::size_t i = 0; i < suite.cases.size(); ++i) {
        Case& c = suite.cases[i];
        if (c.id.empty())
            c.id = std::to_string(i + 1);
        if (!seen.insert(c.id).second)
            return fail(ErrorCode::Invalid, fmt::format("{}, line {}: the id “{}” stands twice", name, c.line,
                                                        base::shortened(c.id, 60)));
    }
    suite.sha256 = base::sha256(bytes);
    return suite;
}

}

base::Result<Suite> parse_suite_yaml(const std::string& name, std::string_view text, const Beside& beside)
{
    auto yaml = parse_yaml(name, text);
    if (!yaml)
        return tl::unexpected(yaml.error());
    const SuiteFile file(std::move(*yaml));
    if (!file.root().is_object())
        return fail(ErrorCode::Foreign,
                    fmt::format("{}: is not a suite; it needs “cases”, or promptfoo's “tests”", name));
    const bool own = file.root().contains("leeway-suite") || file.root().contains("cases");
    if (own && !file.root().contains("cases"))
        return tl::unexpected(file.error({}, "lacks its “cases”"));
    if (!own && !file.root().contains("tests") && !file.root().contains("prompts"))
        return fail(ErrorCode::Foreign,
                    fmt::format("{}: is not a suite; it needs “cases”, or promptfoo's “tests”", name));
    auto suite = own ? read_leeway_suite(file) : read_promptfoo(file, beside);
    if (!suite)
        return tl::unexpected(suite.error());
    return finished(name, text, std::move(*suite));
}

base::Result<Suite> parse_suite_csv(const std::string& name, std::string_view text)
{
    const auto tests = read_csv_tests(name, text);
    if (!tests)
        return tl::unexpected(tests.error());
    auto cases = cases_of(*tests, {{"{{prompt}}", "{{prompt}}"}}, {}, name);
    if (!cases)
        return tl::unexpected(cases.error());
    for (const Case& c : *cases) {
        if (!c.vars.contains("prompt"))
            return fail(ErrorCode::Invalid,
                        fmt::format("{}: lacks a column “prompt”; name the file in the “tests” of a "
                                    "promptfoo file that has prompts instead",
                                    name));
    }
    Suite suite;
    suite.name = name;
    suite.cases = std::move(*cases);
    return finished(name, text, std::move(suite));
}

base::Result<Suite> parse_suite_jsonl(const std::string& name, std::string_view text)
{
    Suite suite;
    suite.name = name;
    int line = 0;
    const std::string valid = base::to_valid_utf8(text);
    for (std::string_view rest = valid; !rest.empty();) {
        const auto end = std::min(rest.find('\n'), rest.size());
        const std::string_view row = base::trimmed(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        ++line;
        if (row.empty())
            continue;
        auto parsed = base::parse_json(name, row);
        if (!parsed)
            return fail(ErrorCode::Invalid, fmt::format("{}, line {}: not valid JSON", name, line));
        for (auto& [path, number] : parsed->line_of_path)
            number = line;
        YamlFile yaml;
        yaml.file = std::move(*parsed);
        const SuiteFile file(std::move(yaml));
        auto c = read_leeway_case(file, {}, file.root());
        if (!c)
            return tl::unexpected(c.error());
        suite.cases.push_back(std::move(*c));
    }
    return finished(name, text, std::move(suite));
}

base::Result<Suite> parse_suite(const std::string& name, std::string_view bytes, const Beside& beside)
{
    const std::string lowered = base::lowered(name);
    if (lowered.ends_with(".csv"))
        return parse_suite_csv(name, bytes);
    if (lowered.ends_with(".jsonl") || lowered.ends_with(".ndjson"))
        return parse_suite_jsonl(name, bytes);
    if (lowered.ends_with(".yaml") || lowered.ends_with(".yml") || lowered.ends_with(".json"))
        return parse_suite_yaml(name, bytes, beside);
    return fail(ErrorCode::Foreign,
                fmt::format("{}: a suite ends in .yaml, .yml, .json, .csv or .jsonl", name));
}

base::Result<Suite> load_suite(const std::filesystem::path& path)
{
    const auto bytes = base::read_file(path, largest);
    if (!bytes)
        return tl::unexpected(bytes.error());
    return parse_suite(path.filename().string(), *bytes, [&](const std::string& name) {
        return base::read_file(path.parent_path() / name, largest);
    });
}

}
