#include "app/cli/together.h"

#include "app/cli/output.h"
#include "core/clauses/documents/serialise.h"
#include "core/report/format.h"
#include "core/scoring/index_json.h"

#include <algorithm>
#include <fmt/format.h>
#include <numeric>

namespace leeway::cli {
namespace {

std::string kind_title(const clauses::DocumentKinds& kinds, const std::string& id)
{
    const clauses::DocumentKind* kind = kinds.find(id);
    return kind == nullptr ? "—" : kind->title;
}

std::string titles_of(const std::vector<std::string>& checks, const clauses::Pack& pack)
{
    std::string titles;
    for (const std::string& id : checks) {
        const clauses::Check* check = pack.find(id);
        titles += (titles.empty() ? "" : ", ") + (check != nullptr ? check->title : id);
    }
    return titles;
}

void print_documents(const clauses::Together& together, const clauses::DocumentKinds& kinds)
{
    std::vector<std::size_t> order(together.documents.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return together.documents[a].place < together.documents[b].place;
    });
    Table table({"Place", "Document", "Kind", "Replaced sections"}, {Align::Right});
    for (const std::size_t d : order) {
        const clauses::SetDocument& document = together.documents[d];
        table.add({std::to_string(document.place), document.name, kind_title(kinds, document.kind),
                   fmt::format("{}", fmt::join(document.replaced, ", "))});
    }
    table.print();
}

void print_absent(const clauses::Together& together, const clauses::Pack& pack)
{
    if (together.absent.empty())
        return;
    print_line("\nDocuments that these refer to and that are not here");
    for (const clauses::AbsentDocument& document : together.absent) {
        const clauses::SetPassage& passage = document.passages.front();
        const std::string place = report::place(passage.evidence);
        fmt::print("  - {}{}, in “{}”{}{}\n", document.name,
                   document.address.empty() ? "" : " (" + document.address + ")",
                   together.documents[passage.document].name, place.empty() ? "" : ", " + place,
                   document.checks.empty() ? "" : "; could decide: " + titles_of(document.checks, pack));
    }
}

}

base::Result<Joint> join(const std::vector<clauses::SetMember>& members, const clauses::Pack& pack,
                         const scoring::Profile& profile)
{
    auto kinds = clauses::load_document_kinds();
    if (!kinds)
        return tl::unexpected(kinds.error());
    Joint joint{std::move(*kinds), {}, {}};
    joint.together = clauses::read_together(members, pack, joint.kinds);
    std::vector<scoring::Answer> answers;
    for (const clauses::JointFinding& finding : joint.together.findings)
        answers.push_back({finding.check, finding.verdict, finding.confidence, false});
    joint.index = scoring::lock_in_index(pack, answers, profile);
    return joint;
}

nlohmann::json to_json(const Joint& joint)
{
    nlohmann::json result = clauses::to_json(joint.together);
    result["index"] = scoring::to_json(joint.index);
    return result;
}

void print_joint(const Joint& joint, const clauses::Pack& pack)
{
    const clauses::Together& together = joint.together;
    fmt::print("Together\nLock-in index {:.1f} of 100 (range {:.1f} to {:.1f}, nothing reviewed yet)\n\n",
               joint.index.value / 10.0, joint.index.low / 10.0, joint.index.high / 10.0);
    print_documents(together, joint.kinds);
    for (const clauses::SetPassage& passage : together.order)
        fmt::print("\nOrder stated in “{}”, {}: “{}”\n", together.documents[passage.document].name,
                   report::place(passage.evidence), passage.evidence.text);
    for (const std::string& note : together.notes)
        fmt::print("\nNote: {}\n", note);
    print_line("");
    Table table({"Check", "Verdict", "Sure", "Decided by", "Why"}, {Align::Left, Align::Left, Align::Right});
    for (const clauses::JointFinding& finding : together.findings) {
        const clauses::Check* check = pack.find(finding.check);
        const auto shown = std::min<std::ptrdiff_t>(2, std::ssize(finding.why));
        table.add({check != nullptr ? check->title : finding.check,
                   std::string(clauses::to_string(finding.verdict)),
                   fmt::format("{:.0f} %", finding.confidence * 100),
                   finding.decided_by ? together.documents[*finding.decided_by].name : "—",
                   fmt::format("{}", fmt::join(finding.why.begin(), finding.why.begin() + shown, " "))});
    }
    table.print();
    print_absent(together, pack);
}

}
