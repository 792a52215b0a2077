#include "core/clauses/playbook/serialise.h"

#include "core/clauses/serialise.h"

namespace leeway::clauses {

using nlohmann::json;

json to_json(const Stand& stand, const Check& check)
{
    json breaches = json::array();
    for (const Breach& breach : stand.breaches)
        breaches.push_back({{"text", check.unacceptable[breach.entry]},
                            {"evidence", evidence_json(breach.evidence)},
                            {"why", reasons_json(breach.why)}});
    json unread = json::array();
    for (const std::size_t entry : stand.unread)
        unread.push_back(check.unacceptable[entry]);
    json position;
    if (stand.position)
        position = {{"label", check.positions[*stand.position].label},
                    {"text", check.positions[*stand.position].text}};
    return {{"check", stand.check},
            {"position", std::move(position)},
            {"stated", stand.stated},
            {"acceptable", stand.acceptable()},
            {"evidence", evidence_json(stand.evidence)},
            {"why", reasons_json(stand.why)},
            {"unacceptable", std::move(breaches)},
            {"unread", std::move(unread)}};
}

json to_json(const std::vector<PackChange>& changes)
{
    json rows = json::array();
    std::size_t same = 0;
    for (const PackChange& change : changes) {
        if (change.effect == PackEffect::Same) {
            ++same;
            continue;
        }
        rows.push_back({{"check", change.check},
                        {"effect", to_string(change.effect)},
                        {"before", change.before ? to_json(*change.before) : json()},
                        {"after", change.after ? to_json(*change.after) : json()}});
    }
    return {{"changes", std::move(rows)}, {"same", same}};
}

}
