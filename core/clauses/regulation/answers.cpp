#include "core/clauses/regulation/answers.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace leeway::clauses {
namespace {

const Question* find_question(const std::vector<Question>& questions, std::string_view id)
{
    const auto found = std::find_if(questions.begin(), questions.end(),
                                    [&](const Question& question) { return question.id == id; });
    return found == questions.end() ? nullptr : &*found;
}

base::Status check_answer(const Question& question, std::string_view answer)
{
    if (std::find(question.answers.begin(), question.answers.end(), answer) != question.answers.end())
        return {};
    return base::fail(base::ErrorCode::Invalid,
                      fmt::format("“{}” is no answer to “{}”; use one of {}", answer, question.id,
                                  fmt::join(question.answers, ", ")));
}

// Three-valued logic: what is unknown stays so unless the rest decides.
class Decider
{
public:
    Decider(const Applicability& applicability, const Answers& answers)
        : m_applicability(applicability),
          m_answers(answers)
    {
    }

    Applies decide(std::uint32_t index, std::vector<std::string>& open,
                   std::vector<std::string>& against) const
    {
        const Expression::Node& node = m_applicability.when.nodes()[index];
        if (node.op == Expression::Op::Atom)
            return decide(m_applicability.asks[node.left], open, against);
        std::vector<std::string> open_left, against_left, open_right, against_right;
        const Applies left = decide(node.left, open_left, against_left);
        if (node.op == Expression::Op::Not) {
            open = open_left;
            against = against_left;
            return left == Applies::Yes ? Applies::No : left == Applies::No ? Applies::Yes : left;
        }
        const Applies right = decide(node.right, open_right, against_right);
        const Applies decisive = node.op == Expression::Op::And ? Applies::No : Applies::Yes;
        const auto take = [](std::vector<std::string>& to, const std::vector<std::string>& from) {
            to.insert(to.end(), from.begin(), from.end());
        };
        if (left == decisive || right == decisive) {
            if (left == decisive)
                take(against, against_left);
            if (right == decisive)
                take(against, against_right);
            return decisive;
        }
        take(against, against_left);
        take(against, against_right);
        if (left == Applies::Unknown)
            take(open, open_left);
        if (right == Applies::Unknown)
            take(open, open_right);
        return open.empty() ? left : Applies::Unknown;
    }

private:
    Applies decide(const Applicability::Ask& ask, std::vector<std::string>& open,
                   std::vector<std::string>& against) const
    {
        const auto answer = m_answers.find(ask.question);
        if (answer == m_answers.end()) {
            open.push_back(ask.question);
            return Applies::Unknown;
        }
        against.push_back(ask.question);
        return answer->second == ask.answer ? Applies::Yes : Applies::No;
    }

    const Applicability& m_applicability;
    const Answers& m_answers;
};

void drop_doubles(std::vector<std::string>& texts)
{
    std::vector<std::string> kept;
    for (std::string& text : texts) {
        if (std::find(kept.begin(), kept.end(), text) == kept.end())
            kept.push_back(std::move(text));
    }
    texts = std::move(kept);
}

}

base::Result<Applicability> parse_applicability(std::string_view text, const std::vector<Question>& questions)
{
    Applicability applicability;
    auto when = Expression::parse(text, [&](std::string_view name) -> base::Result<std::uint32_t> {
        const std::size_t sign = name.find('=');
        Applicability::Ask ask{std::string(name.substr(0, sign)),
                               sign == std::string_view::npos ? "yes" : std::string(name.substr(sign + 1))};
        const Question* question = find_question(questions, ask.question);
        if (question == nullptr)
            return base::fail(base::ErrorCode::Invalid,
                              fmt::format("there is no question “{}”", ask.question));
        if (const auto known = check_answer(*question, ask.answer); !known)
            return tl::unexpected(known.error());
        applicability.asks.push_back(std::move(ask));
        return static_cast<std::uint32_t>(applicability.asks.size() - 1);
    });
    if (!when)
        return tl::unexpected(when.error());
    for (const Expression::Node& node : when->nodes()) {
        if (node.op == Expression::Op::Near)
            return base::fail(base::ErrorCode::Invalid, "“~” counts words and has no meaning for answers");
    }
    applicability.when = std::move(*when);
    return applicability;
}

Application application_of(const Applicability& applicability, const Answers& answers)
{
    Application result;
    if (applicability.when.nodes().empty())
        return result;
    result.applies =
        Decider(applicability, answers).decide(applicability.when.root(), result.open, result.against);
    if (result.applies != Applies::Unknown)
        result.open.clear();
    if (result.applies != Applies::No)
        result.against.clear();
    drop_doubles(result.open);
    drop_doubles(result.against);
    return result;
}

base::Status check_answers(const Answers& answers, const std::vector<Question>& questions)
{
    for (const auto& [id, answer] : answers) {
        const Question* question = find_question(questions, id);
        if (question == nullptr) {
            std::vector<std::string> ids;
            std::transform(questions.begin(), questions.end(), std::back_inserter(ids),
                           [](const Question& known) { return known.id; });
            return base::fail(base::ErrorCode::Invalid,
                              ids.empty() ? fmt::format("“{}” is not asked here; there are no questions", id)
                                          : fmt::format("“{}” is not asked here; the questions are {}", id,
                                                        fmt::join(ids, ", ")));
        }
        if (const auto known = check_answer(*question, answer); !known)
            return known;
    }
    return {};
}

base::Result<std::pair<std::string, std::string>> parse_answer(const std::string& text)
{
    const std::size_t sign = text.find('=');
    if (sign == std::string::npos || sign == 0 || sign + 1 == text.size())
        return base::fail(base::ErrorCode::Invalid,
                          fmt::format("“{}” is no answer; write it as question=answer, for example "
                                      "financial-entity=yes",
                                      text));
    return std::pair(text.substr(0, sign), text.substr(sign + 1));
}

}
