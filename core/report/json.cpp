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
            {"index", part.has_index() ? scoring::to_json(part.index) : json()},
            {"urgent", part.urgent},
            {"checklist", checklist}};
}

json date_json(const KeyDate& key)
{
    const simulation::DateSource& source = key.source;
    return {{"date", base::to_string(key.date)},
            {"what", key.what},
            {"decision", key.decision},
            {"kind", simulation::to_string(key.kind)},
            {"source",
             {{"title", source.title},
              {"section", source.section},
              {"page", source.page},
              {"check", source.check},
              {"text", source.text}}},
            {"uid", key.uid}};
}

json prospect_json(const Prospect& row)
{
    json value = {{"scenario", row.scenario},   {"title", row.title},         {"p10", row.p10.to_string()},
                  {"p50", row.p50.to_string()}, {"p90", row.p90.to_string()}, {"leaving", nullptr}};
    if (row.leaving)
        value["leaving"] = {
            {"against", row.leaving->against},
            {"chance", row.leaving->chance},
            {"saving", {{"p10", row.leaving->p10.to_string()}, {"p90", row.leaving->p90.to_string()}}}};
    return value;
}

json prospects_json(const Prospects& prospects)
{
    json rows = json::array();
    for (const Prospect& row : prospects.rows)
        rows.push_back(prospect_json(row));
    json steps = json::array();
    for (const simulation::WaterfallStep& step : prospects.steps.steps)
        steps.push_back({{"title", step.title}, {"amount", step.amount.to_string()}});
    return {{"paths", prospects.paths},
            {"seed", prospects.seed},
            {"varies", prospects.varies},
            {"scenarios", rows},
            {"waterfall",
             {{"scenario", prospects.steps.scenario},
              {"from", prospects.steps.from.to_string()},
              {"to", prospects.steps.to.to_string()},
              {"steps", steps}}}};
}

}

std::string to_json(const Model& model)
{
    json contracts = json::array();
    for (const ContractPart& part : model.contracts)
        contracts.push_back(contract_json(part));
    json dates = json::array();
    for (const KeyDate& key : model.dates)
        dates.push_back(date_json(key));
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
                        {"prospects", model.prospects ? prospects_json(*model.prospects) : json()},
                        {"stands_out", model.stands_out},
                        {"do_next", model.do_next},
                        {"dates", dates},
                        {"missing_dates", model.missing_dates},
                        {"audit", audit}};
    return value.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

}
