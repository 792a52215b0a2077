#include "core/report/writers.h"
#include "core/scoring/index_json.h"
#include "core/simulation/matrix_json.h"

#include <nlohmann/json.hpp>

namespace leeway::report {
namespace {

using nlohmann::json;

double points(scoring::Tenths value)
{
    return value / 10.0;
}

json evidence_json(const std::vector<clauses::Evidence>& evidence)
{
    json list = json::array();
    for (const clauses::Evidence& e : evidence)
        list.push_back({{"page", e.page},
                        {"section", e.section},
                        {"text", e.text},
                        {"role", clauses::to_string(e.role)}});
    return list;
}

json row_json(const ChecklistRow& row)
{
    json value = {{"check", row.check},
                  {"title", row.title},
                  {"category", row.category},
                  {"verdict", clauses::to_string(row.verdict)},
                  {"reviewed", row.reviewed},
                  {"meaning", row.meaning},
                  {"why", row.why},
                  {"evidence", evidence_json(row.evidence)},
                  {"ask", row.ask},
                  {"points", points(row.points)},
                  {"index_if_met", points(row.index_if_met)}};
    if (row.reviewed) {
        value["decision"] = {{"author", row.author},
                             {"time", base::to_string(row.decided)},
                             {"note", row.note},
                             {"text_changed", row.text_changed}};
    } else {
        value["confidence"] = row.confidence;
    }
    return value;
}

json contract_json(const ContractPart& part)
{
    json checklist = json::array();
    for (const ChecklistRow& row : part.checklist)
        checklist.push_back(row_json(row));
    return {{"title", part.title},
            {"vendor", part.vendor},
            {"document", part.document},
            {"sha256", part.sha256},
            {"pages", part.pages},
            {"version", part.version},
            {"outside", part.outside.empty() ? json() : json(part.outside)},
            {"index", scoring::to_json(part.index)},
            {"urgent", part.urgent},
            {"checklist", checklist}};
}

}

std::string to_json(const Model& model)
{
    json contracts = json::array();
    for (const ContractPart& part : model.contracts)
        contracts.push_back(contract_json(part));
    json dates = json::array();
    for (const KeyDate& key : model.dates)
        dates.push_back(
            {{"date", base::to_string(key.date)}, {"what", key.what}, {"decision", key.decision}});
    json audit = json::array();
    for (const project::AuditEntry& entry : model.audit)
        audit.push_back({{"time", base::to_string(entry.time)},
                         {"author", entry.author},
                         {"action", entry.action},
                         {"detail", entry.detail}});
    const json value = {{"project", model.project},
                        {"date", base::to_string(model.date)},
                        {"currency", model.currency},
                        {"versions",
                         {{"pack", model.pack},
                          {"pack_sha256", model.pack_sha256},
                          {"engine", model.engine},
                          {"scoring_formula", model.scoring_formula},
                          {"simulation_formula", model.simulation_formula}}},
                        {"profile", model.profile},
                        {"contracts", contracts},
                        {"requests", model.requests},
                        {"traffic", model.traffic},
                        {"prices", model.prices},
                        {"matrix", model.matrix ? simulation::to_json(*model.matrix) : json()},
                        {"stands_out", model.stands_out},
                        {"do_next", model.do_next},
                        {"dates", dates},
                        {"audit", audit}};
    return value.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

}
