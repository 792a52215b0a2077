#pragma once

#include "core/clauses/expression.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::clauses {

/// Something that the contract does not say and the reader must: "Is the buyer a financial entity?"
struct Question
{
    std::string id;
    std::string text;
    std::string note;                 // what to think of when answering; may be empty
    std::vector<std::string> answers; // "yes" and "no" unless the regulation says otherwise

    bool operator==(const Question&) const = default;
};

/// Question → answer.
using Answers = std::map<std::string, std::string>;

/// A condition over answers: `financial-entity` for “yes”, `service=iaas` for another one, joined by & | !
/// ().
struct Applicability
{
    struct Ask
    {
        std::string question;
        std::string answer;
    };
    Expression when; // empty: always
    std::vector<Ask> asks;
};

/// Compiles against the questions; the message of an error says what is wrong, the caller adds the place.
base::Result<Applicability> parse_applicability(std::string_view text,
                                                const std::vector<Question>& questions);

enum class Applies { No, Yes, Unknown };

struct Application
{
    Applies applies = Applies::Yes;
    std::vector<std::string> open;    // questions without which it stays unknown
    std::vector<std::string> against; // questions whose answers rule it out
};
Application application_of(const Applicability& applicability, const Answers& answers);

/// Invalid where an answer names no question, or says what the question does not offer.
base::Status check_answers(const Answers& answers, const std::vector<Question>& questions);

/// "financial-entity=yes", or Invalid.
base::Result<std::pair<std::string, std::string>> parse_answer(const std::string& text);

}
