#include "core/fallback/judge/pairs.h"

#include "core/base/file.h"
#include "core/base/templates.h"
#include "core/base/text.h"
#include "core/fallback/templates.h"

#include <fmt/format.h>
#include <map>
#include <optional>
#include <utility>

namespace leeway::fallback {
namespace {

bool has_words(const std::optional<std::string>& text)
{
    return text && !base::trimmed(*text).empty();
}

bool has_answer(const CaseResult& result)
{
    return result.trouble == Trouble::None && has_words(result.answer.text);
}

// The results of each case in the order of their repetitions, by the case's place in the suite.
std::map<int, std::map<int, std::size_t>> by_case(const Run& run)
{
    std::map<int, std::map<int, std::size_t>> cases;
    for (std::size_t i = 0; i < run.results.size(); ++i)
        cases[run.results[i].index].emplace(run.results[i].repetition, i);
    return cases;
}

std::string in_one(const std::vector<Message>& messages)
{
    if (messages.size() == 1)
        return messages.front().content;
    std::string text;
    for (const Message& message : messages)
        text += fmt::format("{}[{}]\n{}", text.empty() ? "" : "\n\n", message.role, message.content);
    return text;
}

base::Error gone(const std::string& id, const Suite& suite)
{
    return {base::ErrorCode::Invalid,
            fmt::format("The case “{}” of the run is not in the suite “{}”; name the suite that the run was "
                        "made with.",
                        id, suite.name)};
}

}

base::Result<Pairs> pairs_of(const Run& run, const Suite& suite)
{
    std::map<std::string, const Case*> cases;
    for (const Case& one : suite.cases)
        cases.emplace(one.id, &one);
    Pairs pairs;
    for (const auto& [index, repetitions] : by_case(run)) {
        const std::string& id = run.results[repetitions.begin()->second].id;
        const auto found = cases.find(id);
        if (found == cases.end())
            return tl::unexpected(gone(id, suite));
        const Case& c = *found->second;
        const bool incumbent = has_words(c.incumbent);
        if (!incumbent && !has_words(c.expected)) {
            ++pairs.without_reference;
            continue;
        }
        const auto answered = std::ranges::find_if(
            repetitions, [&](const auto& repetition) { return has_answer(run.results[repetition.second]); });
        if (answered == repetitions.end()) {
            ++pairs.without_answer;
            continue;
        }
        const auto messages = rendered_messages(c);
        if (!messages)
            return tl::unexpected(messages.error());
        AnswerPair pair;
        pair.result = answered->second;
        pair.question = in_one(*messages);
        pair.candidate = run.results[answered->second].answer.text;
        pair.reference = incumbent ? *c.incumbent : *c.expected;
        pair.incumbent = incumbent;
        pairs.pairs.push_back(std::move(pair));
    }
    return pairs;
}

base::Status check_instructions(std::string_view instructions)
{
    if (auto status = check_template(instructions); !status)
        return base::fail(base::ErrorCode::Invalid,
                          fmt::format("The judge's instructions: {}.", status.error().message));
    const nlohmann::json marks{{"question", "\x01"}, {"first", "\x02"}, {"second", "\x03"}};
    const auto filled = render(instructions, marks);
    for (const auto& [name, mark] : marks.items()) {
        if (!filled || filled->find(mark.get_ref<const std::string&>()) == std::string::npos)
            return base::fail(base::ErrorCode::Invalid,
                              fmt::format("The judge's instructions do not hold {{{{{}}}}}; without it the "
                                          "judge would not see what it is to compare.",
                                          name));
    }
    return {};
}

base::Result<std::string> load_instructions(const std::filesystem::path& path)
{
    constexpr std::size_t most_bytes = std::size_t{1} << 20;
    auto text =
        base::read_file(path.empty() ? base::template_folder("judges") / "pairwise.txt" : path, most_bytes);
    if (!text)
        return text;
    if (auto status = check_instructions(*text); !status)
        return tl::unexpected(status.error());
    return text;
}

base::Result<std::vector<Message>> judge_prompt(std::string_view instructions, const AnswerPair& pair,
                                                JudgeOrder order)
{
    const bool candidate_first = order == JudgeOrder::CandidateFirst;
    auto text = render(instructions, {{"question", pair.question},
                                      {"first", candidate_first ? pair.candidate : pair.reference},
                                      {"second", candidate_first ? pair.reference : pair.candidate}});
    if (!text)
        return tl::unexpected(text.error());
    return std::vector<Message>{{"user", std::move(*text)}};
}

}
