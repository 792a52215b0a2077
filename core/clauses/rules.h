#pragma once

#include "core/clauses/expression.h"
#include "core/clauses/lexicon.h"
#include "core/clauses/review.h"

#include <memory>
#include <string>
#include <vector>

namespace leeway::clauses {

/// What a signal's condition may ask of a place in the text.
enum class Ask : std::uint8_t {
    Concept,  // the place speaks of it, or the lead-in of its list does
    Sentence, // the whole sentence speaks of it, also where a signal asks of one clause
    Heading,  // the heading above speaks of it
    Around,   // a sentence at most two away speaks of it
    Actor,
    May,
    Must,
    MustNot,
    NeedNot,
    Allowed, // may, must or plain statement
    Denied,  // must not, or a denied statement
    Exception,
    Condition,
    Override,
    Item,  // stands in a list
    Title, // is a heading itself
    Days,  // a duration, percentage or sum of money in a range
    Percent,
    Money
};

struct Atom
{
    Ask ask = Ask::Concept;
    ConceptId concept_id = 0;
    Side side = Side::None;
    double least = 0;
    double most = 0;
};

enum class Scope : std::uint8_t { Clause, Sentence };

/// A readable observation: "a clause in which the vendor may use content to train".
struct Signal
{
    std::string name;
    Role role = Role::Gives;
    Scope scope = Scope::Sentence;
    Expression when;
    std::vector<Atom> atoms;
    std::string why;
};

/// The first resolution whose condition holds over a check's signals gives its verdict.
struct Resolution
{
    Expression when; // empty: always
    Verdict verdict = Verdict::Missing;
    double confidence = 0.5;
    std::string why;
    std::vector<std::uint32_t> deciding; // signals whose passages are the evidence
};

struct ParameterRule
{
    std::string name;
    TokenKind kind = TokenKind::Duration;
    int near = -1;     // concept that must stand within `reach` words; -1 for any
    std::string value; // for words: what to say when the concept is there
};

struct BearingWeights;  // core/clauses/weigh/bearing.h
struct CheckWeights;    // core/clauses/weigh/checkweights.h
struct ContractWeights; // core/clauses/weigh/contractweights.h

struct CheckRules
{
    std::vector<Signal> signals;
    std::vector<Resolution> resolutions;
    std::vector<ParameterRule> parameters;
    std::shared_ptr<const CheckWeights> weights; // for short texts; none: rules alone decide
};

/// The reading rules of a pack; CheckRules in the order of the pack's checks.
class Rules
{
public:
    Lexicon lexicon;
    std::vector<CheckRules> checks;
    std::shared_ptr<const BearingWeights> subjects;   // for short texts: on which checks they are
    std::shared_ptr<const ContractWeights> contracts; // for longer texts; none: rules alone decide
};

/// Compiles /checks/<index>/signals, /resolve and /parameters of a validated pack file.
base::Result<CheckRules> compile_rules(const base::JsonFile& file, std::size_t index, const Lexicon& lexicon);

/// Compiles the `signals` and `parameters` of the object at a pointer of a validated file, for those whose
/// conclusions are no verdicts; there are no resolutions.
base::Result<CheckRules> compile_signals(const base::JsonFile& file, const std::string& pointer,
                                         const Lexicon& lexicon);

}
