#include "core/clauses/train/checktexts.h"

#include "core/base/file.h"
#include "core/base/json.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <set>
#include <utility>

namespace leeway::clauses::train {
namespace {

constexpr std::size_t largest_file = std::size_t{64} << 20;

std::vector<std::filesystem::path> files_of(const std::filesystem::path& folder, std::string_view ending)
{
    std::error_code error;
    std::set<std::filesystem::path> found;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        if (entry.path().extension() == ending)
            found.insert(entry.path());
    }
    return {found.begin(), found.end()};
}

// Sets a text without its marks, and the passages between them.
void set_marked(CheckText& target, std::string_view text)
{
    std::size_t begin = std::string::npos; // of a marked passage
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool mark = i + 1 < text.size() && (text[i] == '[' || text[i] == ']') && text[i + 1] == text[i];
        if (!mark) {
            target.text += text[i];
            continue;
        }
        if (text[i] == '[')
            begin = target.text.size();
        else if (begin != std::string::npos)
            target.deciding.push_back(target.text.substr(std::exchange(begin, std::string::npos)));
        ++i;
    }
}

// "click-through--no-training--met--3" has an author, "no-training--met--3" has none.
std::string author_of(const std::string& stem)
{
    std::vector<std::size_t> cuts;
    for (std::size_t at = stem.find("--"); at != std::string::npos; at = stem.find("--", at + 2))
        cuts.push_back(at);
    return cuts.size() == 3 ? stem.substr(0, cuts.front()) : "";
}

// Whether `docs` has the document of that name, which is then read.
bool read_document(const std::filesystem::path& docs, CheckText& document)
{
    for (const auto& [ending, format] :
         {std::pair(".md", document::Format::Markdown), std::pair(".txt", document::Format::Text)}) {
        if (auto text = base::read_file(docs / (document.name + ending), largest_file)) {
            document.text = std::move(*text);
            document.format = format;
            return true;
        }
    }
    return false;
}

std::vector<std::string> passages_of(const nlohmann::json& label)
{
    std::vector<std::string> result;
    const auto list = label.find("evidence");
    if (list == label.end() || !list->is_array())
        return result;
    for (const auto& passage : *list) {
        if (passage.is_string())
            result.push_back(passage.get<std::string>());
    }
    return result;
}

// What an engine found teaches it nothing.
bool learned_from(const nlohmann::json& label)
{
    const auto doubtful = label.find("doubtful");
    const auto by = label.find("by");
    return (doubtful == label.end() || *doubtful == false) && (by == label.end() || *by != "engine");
}

}

base::Result<std::vector<CheckText>> parse_check_texts(const std::string& file, std::string_view text)
{
    std::vector<CheckText> result;
    std::string body;
    const auto close = [&] {
        if (!result.empty())
            set_marked(result.back(), body);
        body.clear();
    };
    std::size_t line = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view row = text.substr(at, end - at);
        at = end + 1;
        ++line;
        const auto wrong = [&](std::string_view why) {
            return base::fail(base::ErrorCode::Invalid, fmt::format("{}:{}: {}", file, line, why));
        };
        if (!row.starts_with("@@ ")) {
            if (result.empty() && row.find_first_not_of(" \r") != std::string_view::npos)
                return wrong("there is text before the first “@@ check verdict”");
            body.append(row).push_back('\n');
            continue;
        }
        close();
        const std::string_view head = row.substr(3);
        const std::size_t space = head.find(' ');
        if (space == std::string_view::npos)
            return wrong("“@@” needs a check and a verdict behind it");
        const auto verdict = parse_verdict(head.substr(space + 1));
        if (!verdict)
            return wrong(verdict.error().message);
        result.push_back({fmt::format("{}:{}", file, line),
                          std::filesystem::path(file).stem().string(),
                          std::string(head.substr(0, space)),
                          *verdict,
                          {}});
    }
    close();
    return result;
}

base::Result<std::vector<CheckText>> read_check_texts(const std::string& path)
{
    const bool folder = std::filesystem::is_directory(path);
    std::vector<CheckText> result;
    for (const auto& file : folder ? files_of(path, ".txt") : std::vector{std::filesystem::path(path)}) {
        const auto bytes = base::read_file(file.string(), largest_file);
        if (!bytes)
            return tl::unexpected(bytes.error());
        auto texts = parse_check_texts(file.filename().string(), *bytes);
        if (!texts)
            return texts;
        std::move(texts->begin(), texts->end(), std::back_inserter(result));
    }
    if (result.empty())
        return base::fail(base::ErrorCode::Invalid, fmt::format("{}: there are no labelled texts", path));
    return result;
}

base::Result<std::vector<CheckText>> read_labelled_folder(const std::string& docs, const std::string& labels)
{
    std::vector<CheckText> result;
    for (const auto& path : files_of(labels, ".json")) {
        const auto file = base::read_json(path.string());
        if (!file)
            return tl::unexpected(file.error());
        CheckText document;
        document.name = path.stem().string();
        document.author = author_of(document.name);
        if (!read_document(docs, document))
            continue;
        const auto list = file->value.find("labels");
        if (list == file->value.end() || !list->is_array())
            return tl::unexpected(file->error("/labels", "there is no list of labels"));
        for (std::size_t i = 0; i < list->size(); ++i) {
            const nlohmann::json& label = (*list)[i];
            const auto wrong = [&](const std::string& why) {
                return tl::unexpected(file->error(fmt::format("/labels/{}", i), why));
            };
            if (!label.is_object() || !label.contains("check") || !label["check"].is_string() ||
                !label.contains("verdict") || !label["verdict"].is_string())
                return wrong("a label needs a check and a verdict");
            const auto verdict = parse_verdict(label["verdict"].get_ref<const std::string&>());
            if (!verdict)
                return wrong(verdict.error().message);
            if (!learned_from(label))
                continue;
            document.check = label["check"].get<std::string>();
            document.verdict = *verdict;
            document.deciding = passages_of(label);
            result.push_back(document);
        }
    }
    if (result.empty())
        return base::fail(
            base::ErrorCode::Invalid,
            fmt::format("{}: there are no labels to learn from, or not the documents they are on", labels));
    return result;
}

}
