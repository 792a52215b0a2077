#include "core/scoring/index_json.h"

namespace leeway::scoring {
namespace {

double points(Tenths tenths)
{
    return static_cast<double>(tenths) / 10; // the nearest double prints with one decimal
}

}

nlohmann::json to_json(const Index& index)
{
    nlohmann::json contributions = nlohmann::json::array();
    for (const Contribution& part : index.contributions) {
        contributions.push_back({{"check", part.check},
                                 {"category", part.category},
                                 {"weight", part.weight},
                                 {"share", part.share},
                                 {"severity", part.severity},
                                 {"points", points(part.points)},
                                 {"index_if_met", points(part.index_if_met)}});
    }
    nlohmann::json categories = nlohmann::json::array();
    for (const SubScore& score : index.categories)
        categories.push_back(
            {{"category", score.category}, {"value", points(score.value)}, {"checks", score.checks}});
    nlohmann::json gates = nlohmann::json::array();
    for (const Gate& gate : index.gates)
        gates.push_back({{"check", gate.check}, {"passed", gate.passed}});
    return {{"value", points(index.value)}, {"low", points(index.low)},
            {"high", points(index.high)},   {"profile", index.profile},
            {"formula", index.formula},     {"reviewed", index.reviewed},
            {"checks", index.checks},       {"contributions", contributions},
            {"categories", categories},     {"gates", gates}};
}

}
