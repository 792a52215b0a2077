#include "core/report/labels.h"

#include "core/base/file.h"
#include "core/base/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <set>
#include <system_error>

namespace leeway::report {
namespace {

using nlohmann::json;

constexpr std::size_t longest_name = 80; // bytes

const clauses::Finding* finding_of(const clauses::Review& review, const std::string& check)
{
    const auto it = std::find_if(review.findings.begin(), review.findings.end(),
                                 [&](const clauses::Finding& finding) { return finding.check == check; });
    return it == review.findings.end() ? nullptr : &*it;
}

// As the document has them now, since spaces may differ from those of the version in which they were marked.
json passages_of(const std::vector<clauses::Evidence>& evidence, const document::Document& document)
{
    json passages = json::array();
    for (const clauses::Evidence& one : evidence) {
        if (one.begin < one.end && one.end <= document.text.size())
            passages.push_back(document.slice(one.begin, one.end));
    }
    return passages;
}

std::string sentences_of(const std::vector<std::string>& why)
{
    return fmt::format("{}", fmt::join(why, " "));
}

json label_of(const project::Decision& decision, const project::Version& version)
{
    const clauses::Finding* finding = finding_of(version.review, decision.check);
    const bool confirmed = finding != nullptr && finding->verdict == decision.verdict;
    json evidence = passages_of(decision.evidence, version.document);
    // Nothing stands for what is missing; otherwise the reviewer left the finding's passages as they are.
    if (evidence.empty() && finding != nullptr && decision.verdict != clauses::Verdict::Missing)
        evidence = passages_of(finding->evidence, version.document);
    return {{"check", decision.check},
            {"verdict", clauses::to_string(decision.verdict)},
            {"evidence", std::move(evidence)},
            {"why", decision.note.empty() && confirmed ? sentences_of(finding->why) : decision.note}};
}

json label_of(const clauses::Finding& finding, const document::Document& document)
{
    return {{"check", finding.check},
            {"verdict", clauses::to_string(finding.verdict)},
            {"evidence", passages_of(finding.evidence, document)},
            {"why", sentences_of(finding.why)},
            {"by", "engine"}};
}

// Letters, digits and single dashes; the names of one folder differ by more than capitals.
std::string safe_name(const std::string& document, const std::string& version, std::set<std::string>& taken)
{
    std::string name;
    const std::string stem = std::filesystem::path(document).stem().string();
    for (const char c : stem) {
        const bool plain =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
        if (plain)
            name += c;
        else if (!name.empty() && name.back() != '-')
            name += '-';
        if (name.size() == longest_name)
            break;
    }
    while (name.ends_with('-'))
        name.pop_back();
    if (name.empty())
        name = "contract";
    if (version != "1")
        name += "-v" + version;
    std::string unique = name;
    for (int i = 2; !taken.insert(base::lowered(unique)).second; ++i)
        unique = fmt::format("{}-{}", name, i);
    return unique;
}

json labels_of_version(const project::Contract& contract, const project::Version& version, bool findings,
                       Labels& counts)
{
    json labels = json::array();
    std::set<std::string> decided;
    if (version.id == contract.newest().id) {
        for (const project::Decision& decision : contract.decisions) {
            decided.insert(decision.check);
            if (decision.text_changed) {
                ++counts.text_changed;
            } else if (!version.review.outside.empty()) {
                ++counts.unread;
            } else {
                labels.push_back(label_of(decision, version));
                ++counts.decided;
            }
        }
    }
    for (const clauses::Finding& finding : version.review.findings) {
        if (findings && decided.count(finding.check) == 0) {
            labels.push_back(label_of(finding, version.document));
            ++counts.found;
        }
    }
    return labels;
}

}

Labels labels_of(const project::Snapshot& snapshot, bool findings)
{
    Labels result;
    std::set<std::string> taken;
    for (const project::Contract& contract : snapshot.contracts) {
        for (const project::Version& version : contract.versions) {
            json labels = labels_of_version(contract, version, findings, result);
            if (labels.empty())
                continue;
            LabelFile file;
            file.name = safe_name(version.document.name, version.label, taken);
            file.text = version.document.text;
            file.json = json{{"document", file.name + ".txt"}, {"labels", std::move(labels)}}.dump(
                            1, ' ', false, json::error_handler_t::replace) +
                        "\n";
            result.files.push_back(std::move(file));
        }
    }
    return result;
}

base::Status write_labels(const Labels& labels, const std::filesystem::path& folder)
{
    namespace fs = std::filesystem;
    using base::ErrorCode;
    if (labels.files.empty())
        return base::fail(
            ErrorCode::Invalid,
            labels.text_changed + labels.unread > 0
                ? "None of the decisions can be learned from: their text has changed since, or "
                  "is in a language that the checks do not read."
                : "Nothing is decided yet; decide checks first, or export what the engine found "
                  "too (--all).");
    std::error_code error;
    if (fs::exists(folder, error) && (!fs::is_directory(folder, error) || !fs::is_empty(folder, error)))
        return base::fail(ErrorCode::Invalid,
                          fmt::format("“{}” is not an empty folder; name a new one.", folder.string()));
    for (const char* part : {"docs", "labels"}) {
        fs::create_directories(folder / part, error);
        if (error)
            return base::fail(ErrorCode::Io, fmt::format("“{}” can not be made: {}.",
                                                         (folder / part).string(), error.message()));
    }
    for (const LabelFile& file : labels.files) {
        if (auto written = base::write_file(folder / "docs" / (file.name + ".txt"), file.text); !written)
            return written;
        if (auto written = base::write_file(folder / "labels" / (file.name + ".json"), file.json); !written)
            return written;
    }
    return {};
}

}
