#include "core/fallback/finetune/trainingset.h"

#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/fallback/mask.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <functional>
#include <map>
#include <set>
#include <vector>

namespace leeway::fallback {
namespace {

using nlohmann::ordered_json;

// 0…1, the same for the same name and seed on every machine.
double place_of(const std::string& conversation, std::uint64_t seed)
{
    const std::string digest = base::sha256(fmt::format("{}\n{}", seed, conversation));
    std::uint64_t value = 0;
    std::from_chars(digest.data(), digest.data() + 13, value, 16);
    return static_cast<double>(value) * 0x1.0p-52;
}

// The text in which blanks and letters' case make no difference.
std::string plain(std::string_view text)
{
    std::string out;
    bool blank = false;
    for (const char c : base::lowered(base::trimmed(text))) {
        const bool is_blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        if (is_blank && !blank)
            out += ' ';
        else if (!is_blank)
            out += c;
        blank = is_blank;
    }
    return out;
}

std::string fingerprint(const Approved& example)
{
    std::string text;
    for (const Message& message : example.messages)
        text += message.role + "\x1f" + plain(message.content) + "\x1e";
    return base::sha256(text + plain(example.answer));
}

// Each question of an example with its answer.
std::vector<std::string> exchanges_of(const Approved& example)
{
    std::vector<std::string> prints;
    std::string question;
    const auto answered = [&](const std::string& answer) {
        prints.push_back(base::sha256(question + "\x1e" + plain(answer)));
    };
    for (const Message& message : example.messages) {
        if (message.role == "assistant")
            answered(message.content);
        else if (message.role == "user")
            question = plain(message.content);
    }
    answered(example.answer);
    return prints;
}

// Conversations that share an exchange: one of them held out would give away what another taught.
class Groups
{
public:
    void add(const std::string& conversation, const std::vector<std::string>& exchanges)
    {
        for (const std::string& exchange : exchanges) {
            const auto [known, fresh] = m_first.emplace(exchange, conversation);
            if (!fresh)
                join(conversation, known->second);
        }
    }

    /// The first of the group's names.
    [[nodiscard]] std::string of(const std::string& conversation) const
    {
        std::string name = conversation;
        for (auto next = m_joined.find(name); next != m_joined.end(); next = m_joined.find(name))
            name = next->second;
        return name;
    }

private:
    void join(const std::string& a, const std::string& b)
    {
        const auto [first, second] = std::minmax({of(a), of(b)});
        if (first != second)
            m_joined[second] = first;
    }

    std::map<std::string, std::string> m_first;  // of an exchange: the conversation it came in
    std::map<std::string, std::string> m_joined; // a name → one that stands before it
};

std::string conversation_of(const Approved& example)
{
    return example.conversation.empty() ? fingerprint(example) : example.conversation;
}

std::string line_of(const Approved& example, const std::function<std::string(const std::string&)>& clean)
{
    ordered_json messages = ordered_json::array();
    for (const Message& message : example.messages)
        messages.push_back(ordered_json{{"role", message.role}, {"content", clean(message.content)}});
    messages.push_back(ordered_json{{"role", "assistant"}, {"content", clean(example.answer)}});
    return ordered_json{{"messages", std::move(messages)}}.dump() + "\n";
}

}

std::string TrainingSet::summary() const
{
    std::string text = fmt::format("{} examples to learn from, {} held out, {} duplicates left out",
                                   train_examples, held_out_examples, duplicates);
    for (const auto& [kind, count] : masked)
        text += fmt::format(", {} {} masked", count, kind);
    return text;
}

base::Result<TrainingSet> training_set(const ApprovedLog& log, const TrainingOptions& options)
{
    TrainingSet set;
    Groups groups;
    for (const Approved& example : log.examples)
        groups.add(conversation_of(example), exchanges_of(example));
    std::set<std::string> seen;
    Masker masker(options.names);
    const auto clean = [&](const std::string& text) { return options.mask ? masker.mask(text) : text; };
    for (const Approved& example : log.examples) {
        if (!seen.insert(fingerprint(example)).second) {
            ++set.duplicates;
            continue;
        }
        const std::string group = groups.of(conversation_of(example));
        const bool held_out = place_of(group, options.seed) * 100 < options.held_out_percent;
        (held_out ? set.held_out : set.train) += line_of(example, clean);
        ++(held_out ? set.held_out_examples : set.train_examples);
    }
    set.masked = masker.counts();
    if (set.train_examples == 0)
        return base::fail(
            base::ErrorCode::Invalid,
            fmt::format("Of {} approved answers {:g} % are to be held out, which leaves nothing to learn "
                        "from; hold out less or add answers.",
                        log.examples.size(), options.held_out_percent));
    return set;
}

}
