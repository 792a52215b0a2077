#include "core/usage/reconcile.h"

namespace leeway::usage {

using nlohmann::ordered_json;

ordered_json to_json(const Reconciliation& reconciliation)
{
    ordered_json value{{"currency", reconciliation.currency},
                       {"billed", reconciliation.billed.to_string()},
                       {"replayed", reconciliation.replayed.to_string()},
                       {"explained", reconciliation.explained().to_string()},
                       {"unexplained", reconciliation.unexplained().to_string()},
                       {"lines", ordered_json::array()},
                       {"notes", reconciliation.notes}};
    for (const ReconciledLine& line : reconciliation.lines) {
        ordered_json entry{{"month", base::to_string(line.month)},
                           {"vendor", line.vendor},
                           {"model", line.model},
                           {"part", line.part},
                           {"billed", line.billed.to_string()},
                           {"replayed", line.replayed.to_string()},
                           {"difference", line.difference().to_string()},
                           {"unexplained", line.unexplained().to_string()},
                           {"explained", ordered_json::array()}};
        for (const Explanation& explanation : line.explained)
            entry["explained"].push_back({{"cause", to_string(explanation.cause)},
                                          {"amount", explanation.amount.to_string()},
                                          {"why", explanation.why}});
        value["lines"].push_back(std::move(entry));
    }
    return value;
}

}
