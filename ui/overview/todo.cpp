#include "ui/overview/todo.h"

#include "ui/widgets/text.h"

#include <QCoreApplication>
#include <algorithm>

namespace leeway::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(leeway::ui::Todo)
};

constexpr double minutes_per_check = 0.5;

void addContract(std::vector<Todo>& result, const report::ContractPart& part, bool several)
{
    const QString of = several ? Words::tr(" of “%1”").arg(str(part.title)) : QString();
    const auto changed = std::find_if(part.checklist.begin(), part.checklist.end(),
                                      [](const auto& row) { return row.text_changed; });
    if (changed != part.checklist.end())
        result.push_back({Words::tr("Look again at decisions whose text changed%1").arg(of),
                          {},
                          u"contracts"_s,
                          str(changed->check),
                          part.id});
    const int open = part.index.checks - part.index.reviewed;
    if (open > 0) {
        const auto first = std::find_if(part.checklist.begin(), part.checklist.end(),
                                        [](const auto& row) { return !row.reviewed; });
        const int minutes = std::max(1, int(open * minutes_per_check));
        result.push_back(
            {Words::tr("Decide %1%2")
                 .arg(counted(open, Words::tr("open check"), Words::tr("open checks")), of),
             Words::tr("about %1").arg(counted(minutes, Words::tr("minute"), Words::tr("minutes"))),
             u"contracts"_s, first != part.checklist.end() ? str(first->check) : QString(), part.id});
    }
    if (!part.urgent.empty()) {
        const auto row =
            std::find_if(part.checklist.begin(), part.checklist.end(),
                         [&part](const auto& each) { return each.check == part.urgent.front(); });
        if (row != part.checklist.end())
            result.push_back(
                {Words::tr("Negotiate “%1”%2").arg(str(row->title), of),
                 part.has_index()
                     ? Words::tr("index %1 → %2").arg(points(part.index.value), points(row->index_if_met))
                     : QString(),
                 u"contracts"_s, str(row->check), part.id});
    }
}

}

std::vector<Todo> todo(const report::Model& model, const project::Snapshot& snapshot)
{
    std::vector<Todo> result;
    if (model.contracts.empty())
        result.push_back({Words::tr("Add the vendor's contract"), {}, u"contracts"_s, {}, 0});
    for (const auto& part : model.contracts)
        addContract(result, part, model.contracts.size() > 1);
    const project::Settings& settings = snapshot.settings;
    if (snapshot.cube.empty())
        result.push_back({Words::tr("Import usage or type monthly volumes"),
                          Words::tr("to see what a price rise costs"),
                          u"costs"_s,
                          {},
                          0});
    else if (model.matrix && !model.matrix->gate)
        result.push_back({Words::tr("Enter the date of the budget lock"),
                          Words::tr("for the decision gate"),
                          u"costs"_s,
                          {},
                          0});
    if (settings.currency != "USD" && snapshot.sheet.currency == "USD" && settings.rate_source.empty())
        result.push_back({Words::tr("Enter the exchange rate from USD to %1").arg(str(settings.currency)),
                          Words::tr("now %1").arg(str(settings.currency_per_usd.to_string())),
                          u"settings"_s,
                          {},
                          0});
    if (!model.contracts.empty() &&
        std::all_of(model.contracts.begin(), model.contracts.end(),
                    [](const auto& part) { return part.index.reviewed == part.index.checks; }))
        result.push_back({Words::tr("Export the report"), {}, u"report"_s, {}, 0});
    return result;
}

}
