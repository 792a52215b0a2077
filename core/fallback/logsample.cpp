#include "core/fallback/logsample.h"

#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/fallback/jsonfind.h"
#include "core/fallback/jstext.h"
#include "core/fallback/mask.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <numeric>
#include <pcg_random.hpp>

namespace leeway::fallback {
namespace {

using nlohmann::json;

struct Entry
{
    std::vector<Message> messages;
    std::string answer;
    std::string model;
    std::string tag;
    std::string time;
    int line = 0;
};

// The first of the names that the object holds as a filled text.
std::string text_of(const json& object, std::initializer_list<const char*> names)
{
    for (const char* name : names) {
        if (object.is_object() && object.contains(name) && object[name].is_string() &&
            !object[name].get_ref<const std::string&>().empty())
            return object[name].get<std::string>();
    }
    return {};
}

// A member that is an object or list, or the text of one.
json part_of(const json& object, std::initializer_list<const char*> names)
{
    for (const char* name : names) {
        if (!object.is_object() || !object.contains(name))
            continue;
        const json& value = object[name];
        if (value.is_structured())
            return value;
        if (value.is_string()) {
            if (auto parsed = parse_json_text(value.get_ref<const std::string&>());
                parsed && parsed->is_structured())
                return *parsed;
        }
    }
    return {};
}

// The text of a message, which may come in parts.
std::string content_of(const json& message)
{
    std::string text = text_of(message, {"content", "text"});
    const json parts = message.is_object() ? message.value("content", json()) : json();
    if (text.empty() && parts.is_array()) {
        for (const json& part : parts)
            text += text_of(part, {"text"});
    }
    return text;
}

std::vector<Message> messages_of(const json& list)
{
    std::vector<Message> messages;
    for (const json& item : list.is_array() ? list : json::array()) {
        const std::string role = text_of(item, {"role"});
        const std::string content = content_of(item);
        if (!role.empty() && !content.empty())
            messages.push_back({role, content});
    }
    return messages;
}

std::vector<Message> question_of(const json& line)
{
    for (const json& holder : {line, part_of(line, {"request", "request_body", "full_request", "input"})}) {
        if (holder.is_array())
            return messages_of(holder);
        std::vector<Message> messages = messages_of(part_of(holder, {"messages", "gen_ai.input.messages"}));
        if (!messages.empty())
            return messages;
    }
    const std::string prompt = text_of(line, {"prompt", "input", "question"});
    return prompt.empty() ? std::vector<Message>() : std::vector<Message>{{"user", prompt}};
}

std::string answer_of(const json& line)
{
    const json response = part_of(line, {"response", "response_body", "full_response", "output"});
    for (const json& holder : {response, line}) {
        const json choices = part_of(holder, {"choices"});
        if (choices.is_array() && !choices.empty()) {
            const std::string text = content_of(part_of(choices.front(), {"message"}));
            return text.empty() ? text_of(choices.front(), {"text"}) : text;
        }
    }
    if (const std::string text = content_of(response); !text.empty())
        return text;
    return text_of(line, {"answer", "completion", "output", "response"});
}

// Braces in a recorded text are no template.
bool looks_like_template(const std::string& text)
{
    return text.find("{{") != std::string::npos || text.find("{%") != std::string::npos ||
           text.find("{#") != std::string::npos;
}

std::string stratum_of(const Entry& entry, Stratum stratum)
{
    switch (stratum) {
    case Stratum::Model:
        return entry.model;
    case Stratum::Tag:
        return entry.tag;
    case Stratum::Month:
        return entry.time.substr(0, 7);
    case Stratum::Length: {
        std::size_t size = 0;
        for (const Message& message : entry.messages)
            size += message.content.size();
        return size < 500      ? "up to 500 bytes"
               : size < 4'000  ? "up to 4,000 bytes"
               : size < 32'000 ? "up to 32,000 bytes"
                               : "longer";
    }
    default:
        return {};
    }
}

std::vector<Entry> entries_of(std::string_view bytes, std::size_t& without)
{
    std::vector<Entry> entries;
    const std::string valid = base::to_valid_utf8(bytes);
    int number = 0;
    for (std::string_view rest = valid; !rest.empty();) {
        const auto end = std::min(rest.find('\n'), rest.size());
        const std::string_view row = base::trimmed(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        ++number;
        const auto line = row.empty() ? std::nullopt : parse_json_text(row);
        if (!line || !line->is_object()) {
            without += row.empty() ? 0 : 1;
            continue;
        }
        Entry entry{question_of(*line),
                    answer_of(*line),
                    text_of(*line, {"model", "provided_model_name", "gen_ai.request.model"}),
                    text_of(*line, {"tag"}),
                    text_of(*line, {"time", "startTime", "start_time", "request_created_at"}),
                    number};
        if (entry.messages.empty() || entry.answer.empty())
            ++without;
        else
            entries.push_back(std::move(entry));
    }
    return entries;
}

// How many to draw from each stratum: one each, the rest in proportion, remainders to the largest fractions.
std::vector<std::size_t> shares(const std::vector<std::size_t>& sizes, std::size_t wanted)
{
    const std::size_t all = std::accumulate(sizes.begin(), sizes.end(), std::size_t{0});
    std::vector<std::size_t> result(sizes.size());
    if (wanted >= all)
        return sizes;
    std::vector<std::size_t> order(sizes.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return sizes[a] > sizes[b]; });
    std::size_t left = wanted;
    for (const std::size_t i : order) {
        if (left == 0)
            return result;
        result[i] = 1;
        --left;
    }
    const std::size_t after_first = all - sizes.size();
    std::vector<std::pair<std::size_t, std::size_t>> fractions;
    std::size_t given = 0;
    for (const std::size_t i : order) {
        const std::size_t product = left * (sizes[i] - 1);
        const std::size_t whole = after_first == 0 ? 0 : product / after_first;
        result[i] += whole;
        given += whole;
        fractions.emplace_back(after_first == 0 ? 0 : product % after_first, i);
    }
    std::stable_sort(fractions.begin(), fractions.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    for (std::size_t k = 0; given < left && k < fractions.size(); ++k) {
        const std::size_t i = fractions[k].second;
        if (result[i] < sizes[i]) {
            ++result[i];
            ++given;
        }
    }
    return result;
}

// `count` of the entries, drawn without repetition, in the order of the log.
std::vector<std::size_t> drawn(std::vector<std::size_t> from, std::size_t count, pcg64& random)
{
    for (std::size_t i = 0; i < count; ++i)
        std::swap(from[i], from[i + random(from.size() - i)]);
    from.resize(count);
    std::sort(from.begin(), from.end());
    return from;
}

Case case_of(const Entry& entry, const SampleOptions& options)
{
    Masker masker(options.names);
    const auto clean = [&](const std::string& text) { return options.mask ? masker.mask(text) : text; };
    Case c;
    c.id = fmt::format("line-{}", entry.line);
    c.line = entry.line;
    if (!entry.tag.empty())
        c.tags.push_back(entry.tag);
    for (const Message& message : entry.messages) {
        std::string content = clean(message.content);
        if (looks_like_template(content)) {
            const std::string name = fmt::format("message_{}", c.messages.size() + 1);
            c.vars[name] = std::move(content);
            content = "{{" + name + "}}";
        }
        c.messages.push_back({message.role, std::move(content)});
    }
    c.incumbent = clean(entry.answer);
    Assertion agreement;
    agreement.type = "agreement";
    const auto parsed = parse_json_text(*c.incumbent);
    if (parsed && parsed->is_structured())
        agreement.config = {{"method", "json"}};
    c.assertions.push_back(std::move(agreement));
    return c;
}

}

base::Result<Suite> sample_log(const std::string& name, std::string_view bytes, const SampleOptions& options)
{
    std::size_t without = 0;
    const std::vector<Entry> entries = entries_of(bytes, without);
    if (entries.empty())
        return base::fail(
            base::ErrorCode::Empty,
            fmt::format("{}: no line holds both a prompt and an answer; logs keep them only when told to",
                        name));
    std::map<std::string, std::vector<std::size_t>> strata;
    for (std::size_t i = 0; i < entries.size(); ++i)
        strata[stratum_of(entries[i], options.stratum)].push_back(i);
    std::vector<std::size_t> sizes;
    for (const auto& [key, list] : strata)
        sizes.push_back(list.size());
    const std::vector<std::size_t> counts = shares(sizes, options.size);
    pcg64 random(options.seed);
    Suite suite;
    suite.name = name;
    suite.sha256 = base::sha256(bytes);
    std::vector<std::size_t> chosen;
    std::size_t stratum = 0;
    for (const auto& [key, list] : strata) {
        const auto some = drawn(list, counts[stratum++], random);
        chosen.insert(chosen.end(), some.begin(), some.end());
    }
    std::sort(chosen.begin(), chosen.end());
    for (const std::size_t i : chosen)
        suite.cases.push_back(case_of(entries[i], options));
    if (without > 0)
        suite.notes.push_back(
            fmt::format("{} lines hold no prompt or no answer and were left aside", without));
    return suite;
}

base::Result<Suite> sample_log_file(const std::filesystem::path& path, const SampleOptions& options)
{
    const auto bytes = base::read_file(path, std::size_t{1} << 30);
    if (!bytes)
        return tl::unexpected(bytes.error());
    return sample_log(path.filename().string(), *bytes, options);
}

}
