#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::clauses {

enum class Polarity { Protective, Hazard };
enum class Verdict { Met, Partial, Missing, Adverse };

std::string_view to_string(Polarity polarity); // "protective", "hazard"
std::string_view to_string(Verdict verdict);   // "met", "partial", "missing", "adverse"
base::Result<Verdict> parse_verdict(std::string_view text);

/// One rung of a negotiation: ideal first, last resort last.
struct Position
{
    std::string label;
    std::string text;
};

/// A question that a rule pack asks of a contract, read from the customer's side.
struct Check
{
    std::string id;
    std::string title; // at most 32 characters
    std::string question;
    Polarity polarity = Polarity::Protective;
    std::string category;
    bool recommended = false; // one of the founding article's recommendations
    std::string why;          // why it matters for lock-in
    std::string ask;          // what to ask the vendor for
    std::vector<Position> positions;
    std::vector<std::string> unacceptable;
    std::string clause;   // suggested clause language
    std::string when_met; // what each verdict means here, in a sentence
    std::string when_partial;
    std::string when_missing;
    std::string when_adverse;
    double weight = 1; // 0…10, the default share in the lock-in index
    bool gate = false; // must be met by default
    std::vector<std::string> sources;

    [[nodiscard]] const std::string& meaning(Verdict verdict) const;
};

class Rules;    // the compiled reading rules of a pack: core/clauses/rules.h
class Playbook; // its negotiating rules: core/clauses/playbook/playbook.h

/// A rule pack: questions for people and reading rules for the engine, from one JSON file that users may copy
/// and edit. Format: templates/checks/pack.schema.json.
struct Pack
{
    std::string id;
    std::string title;
    std::string version;
    std::string sha256; // of the file's bytes, followed by those of the files it names
    std::vector<Check> checks;
    std::shared_ptr<const Rules> rules;
    std::shared_ptr<const Playbook> playbook;

    [[nodiscard]] const Check* find(std::string_view check) const;
};

/// Errors name file, line and path. The lexicon and other parts that the pack names are looked for in
/// `folder` first, then among the bundled ones.
base::Result<Pack> parse_pack(const std::string& name, std::string_view text,
                              const std::filesystem::path& folder = {});
/// A file, or the id of a bundled pack ("ai-procurement").
base::Result<Pack> load_pack(const std::string& path_or_id);

}
