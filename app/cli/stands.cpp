#include "app/cli/stands.h"

#include "app/cli/output.h"
#include "core/clauses/playbook/serialise.h"
#include "core/report/format.h"

#include <fmt/format.h>

namespace leeway::cli {
namespace {

constexpr std::size_t longest_passage = 160; // bytes that are shown of a passage

void print_breaches(const clauses::Stand& stand, const clauses::Check& check)
{
    for (const clauses::Breach& breach : stand.breaches) {
        fmt::print("  {}: {}\n", check.title, check.unacceptable[breach.entry]);
        for (const clauses::Evidence& passage : breach.evidence) {
            const std::string place = report::place(passage);
            fmt::print("    {}“{}”\n", place.empty() ? "" : place + ": ",
                       in_line(passage.text, longest_passage));
        }
    }
}

}

nlohmann::json stands_json(const std::vector<clauses::Stand>& stands, const clauses::Pack& pack)
{
    nlohmann::json rows = nlohmann::json::array();
    for (const clauses::Stand& stand : stands) {
        if (const clauses::Check* check = pack.find(stand.check))
            rows.push_back(clauses::to_json(stand, *check));
    }
    return rows;
}

void print_stands(const std::vector<clauses::Stand>& stands, const clauses::Pack& pack)
{
    print_line("");
    Table table({"Check", "Position", "Unacceptable", "To read"},
                {Align::Left, Align::Left, Align::Right, Align::Right});
    bool any = false;
    for (const clauses::Stand& stand : stands) {
        const clauses::Check& check = *pack.find(stand.check);
        any = any || !stand.breaches.empty();
        table.add({check.title, stand.position ? check.positions[*stand.position].label : std::string("none"),
                   std::to_string(stand.breaches.size()), std::to_string(stand.unread.size())});
    }
    table.print();
    if (!any)
        return;
    print_line("\nUnacceptable, wherever it stands");
    for (const clauses::Stand& stand : stands)
        print_breaches(stand, *pack.find(stand.check));
}

}
