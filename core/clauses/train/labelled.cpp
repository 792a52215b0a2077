#include "core/clauses/train/labelled.h"

#include "core/base/json.h"

#include <algorithm>
#include <filesystem>

namespace leeway::clauses::train {
namespace {

constexpr std::string_view omitted = "<omitted>";
constexpr std::size_t shortest_part = 8; // characters, squashed
constexpr std::size_t shingle = 40;
constexpr std::size_t enough = 25; // characters of a sentence in a passage, or half of it
constexpr std::size_t most_places = 60;

const nlohmann::json& schema()
{
    static const nlohmann::json json = nlohmann::json::parse(R"({
        "type": "array", "items": {
            "type": "object", "required": ["document", "labels"],
            "properties": {
                "document": {"type": "string", "pattern": "^[^/\\\\]+$"},
                "labels": {"type": "object", "additionalProperties": {
                    "type": "array", "items": {"type": "string"}}}}}})");
    return json;
}

std::vector<std::string> parts_of(const std::string& passage)
{
    std::vector<std::string> parts;
    std::size_t at = 0;
    while (at <= passage.size()) {
        const std::size_t end = std::min(passage.find(omitted, at), passage.size());
        std::string part = squashed(std::string_view(passage).substr(at, end - at));
        if (part.size() >= shortest_part)
            parts.push_back(std::move(part));
        at = end + (end < passage.size() ? omitted.size() : 1);
    }
    return parts;
}

struct Place
{
    std::size_t begin = 0;
    std::size_t end = 0;
};

std::vector<Place> places_of(const std::string& part, const std::string& text)
{
    std::vector<Place> places;
    for (auto at = text.find(part); at != std::string::npos && places.size() < most_places;
         at = text.find(part, at + 1))
        places.push_back({at, at + part.size()});
    if (!places.empty())
        return places;
    // A passage whose words were read otherwise in places.
    for (std::size_t i = 0; i + shingle <= part.size(); i += shingle / 2) {
        const auto at = text.find(part.substr(i, shingle));
        if (at != std::string::npos)
            places.push_back({at, at + shingle});
    }
    return places;
}

}

std::string squashed(std::string_view text)
{
    std::string result;
    result.reserve(text.size());
    for (const char c : text) {
        if (c >= 'A' && c <= 'Z')
            result += static_cast<char>(c + 32);
        else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            result += c;
    }
    return result;
}

bool overlap(std::string_view found, std::string_view labelled)
{
    const std::string a = squashed(found);
    const std::string b = squashed(labelled);
    if (a.empty() || b.empty())
        return false;
    const std::string& shorter = a.size() <= b.size() ? a : b;
    const std::string& longer = a.size() <= b.size() ? b : a;
    if (shorter.size() < shingle)
        return longer.find(shorter) != std::string::npos;
    for (std::size_t i = 0; i + shingle <= shorter.size(); i += 5) {
        if (longer.find(shorter.substr(i, shingle)) != std::string::npos)
            return true;
    }
    return false;
}

base::Result<std::vector<Labels>> read_labels(const std::string& path)
{
    const auto file = base::read_json(path);
    if (!file)
        return tl::unexpected(file.error());
    if (const auto valid = base::validate(*file, schema()); !valid)
        return tl::unexpected(valid.error());
    std::vector<Labels> all;
    for (const auto& entry : file->value) {
        Labels labels;
        labels.document = entry.at("document").get<std::string>();
        for (const auto& [type, passages] : entry.at("labels").items()) {
            const std::size_t index = type_index(type);
            if (index == type_count)
                return tl::unexpected(file->error("/" + std::to_string(all.size()) + "/labels/" + type,
                                                  "there is no clause type of this name"));
            labels.passages[index] = passages.get<std::vector<std::string>>();
        }
        all.push_back(std::move(labels));
    }
    return all;
}

base::Result<std::vector<LabelledDocument>> read_corpus(const std::string& folder, const ReadFile& read)
{
    const std::filesystem::path root(folder);
    auto labels = read_labels((root / "labels.json").string());
    if (!labels)
        return tl::unexpected(labels.error());
    std::vector<LabelledDocument> documents;
    for (Labels& entry : *labels) {
        auto document = read((root / "txt" / (entry.document + ".txt")).string());
        if (!document)
            return tl::unexpected(document.error());
        documents.push_back({std::move(*document), std::move(entry)});
    }
    return documents;
}

TypeSet types_of(const Labels& labels)
{
    TypeSet types = 0;
    for (std::size_t t = 0; t < type_count; ++t)
        types |= labels.passages[t].empty() ? 0U : TypeSet{1} << t;
    return types;
}

std::vector<TypeSet> sentence_types(const LabelledDocument& labelled)
{
    const auto& sentences = labelled.document.sentences;
    std::string text;
    std::vector<std::size_t> starts;
    for (const document::Sentence& sentence : sentences) {
        starts.push_back(text.size());
        text += squashed(labelled.document.slice(sentence.begin, sentence.end));
    }
    starts.push_back(text.size());
    std::vector<TypeSet> types(sentences.size(), 0);
    const auto mark = [&](const Place& place, std::size_t type) {
        const auto after = std::upper_bound(starts.begin(), starts.end() - 1, place.begin);
        for (auto s = static_cast<std::size_t>(after - starts.begin()) - 1;
             s < sentences.size() && starts[s] < place.end; ++s) {
            const std::size_t shared = std::min(place.end, starts[s + 1]) - std::max(place.begin, starts[s]);
            const std::size_t length = starts[s + 1] - starts[s];
            if (length > 0 && shared > 0 &&
                (shared >= enough || (length >= shortest_part && shared * 2 >= length)))
                types[s] |= TypeSet{1} << type;
        }
    };
    for (std::size_t type = 0; type < type_count && !sentences.empty(); ++type) {
        for (const std::string& passage : labelled.labels.passages[type]) {
            for (const std::string& part : parts_of(passage)) {
                for (const Place& place : places_of(part, text))
                    mark(place, type);
            }
        }
    }
    return types;
}

}
