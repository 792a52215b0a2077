#pragma once

#include "core/report/model.h"
#include "core/simulation/calendar/calendar.h"

#include <string>
#include <vector>

namespace leeway::report {

/// What the newest version of a contract says of its term, renewal and price review; the reviewer's passages
/// before the engine's. A notice time is that of the finding on renewal control.
simulation::ContractTerm term_of(const project::Contract& contract, const ContractPart& part);

/// The days on which requirements of the bundled regulation packs begin to apply, or ask for more. Read once;
/// packs that cannot be read are left out.
const std::vector<simulation::RegulationDate>& regulation_dates();

/// "Master agreement · §8.2 · p. 7".
std::string place(const simulation::DateSource& source);

/// What the model's dates are taken from; `terms` is filled and must outlive the result. Regulations count
/// once there is a contract.
simulation::CalendarFacts calendar_facts(const Model& model, const project::Snapshot& snapshot,
                                         std::vector<simulation::ContractTerm>& terms);

}
