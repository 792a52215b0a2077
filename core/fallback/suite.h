#pragma once

#include "core/base/result.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::fallback {

/// How much hangs on an answer: routine work may move to the fallback first, critical work last.
enum class Category { Routine, Complex, Critical };

std::string_view to_string(Category category);                // "routine", …
std::optional<Category> category_from(std::string_view text); // case does not count

/// One check of an answer, with promptfoo's names and meaning; `number` and `agreement` are Leeway's own.
struct Assertion
{
    std::string type;                    // without the `not-` prefix
    bool inverse = false;                // it stood with `not-`
    std::optional<nlohmann::json> value; // strings may hold {{variables}}; none differs from null
    std::optional<double> threshold;     // milliseconds, dollars, a score or a distance, by type
    double weight = 1;                   // 0: measured, counts for nothing
    std::string metric;                  // the name its score is summed up under
    nlohmann::json config;          // alpha, beta, gamma (meteor), tolerance (number), method (agreement)
    std::vector<Assertion> members; // of an `assert-set`
    int line = 0;                   // in the file it was read from

    /// As written: "not-contains".
    [[nodiscard]] std::string name() const { return inverse ? "not-" + type : type; }
    bool operator==(const Assertion&) const = default;
};

struct Message
{
    std::string role; // "system", "user", "assistant"
    std::string content;

    bool operator==(const Message&) const = default;
};

/// One question to a model and what its answer must hold.
struct Case
{
    std::string id; // unique in its suite
    std::string description;
    std::vector<Message> messages; // templates: {{name}} is filled from `vars`
    nlohmann::json vars = nlohmann::json::object();
    std::optional<std::string> expected;  // a right answer, written by a person
    std::optional<std::string> incumbent; // what today's model answered, as recorded
    std::vector<Assertion> assertions;
    std::optional<double> threshold; // the weighted mean score that passes; none: every assertion must pass
    double weight = 1;               // of the case in its suite
    Category category = Category::Routine;
    std::vector<std::string> tags;
    nlohmann::json tools = nlohmann::json::array();     // OpenAI tools offered with the request
    nlohmann::json functions = nlohmann::json::array(); // OpenAI functions (the older form)
    int line = 0;

    bool operator==(const Case&) const = default;
};

struct Suite
{
    std::string name;
    std::string description;
    std::vector<Case> cases;
    std::vector<std::string> providers; // named in a promptfoo file; only shown, never called
    std::vector<std::string> notes;     // what reading left aside, each with its reason
    std::string sha256;                 // of the bytes it was read from

    bool operator==(const Suite&) const = default;
};

/// The messages as they are sent: variables filled in. Invalid where a template goes beyond the subset.
base::Result<std::vector<Message>> rendered_messages(const Case& c);

/// Leeway's own format, templates/suites/suite.schema.json; read_suite() reads it back to an equal suite
/// (lines and sha256 aside).
std::string to_json(const Suite& suite);

}
