#pragma once

#include "core/usage/reconcile.h"
#include "core/usage/usagedrift.h"

namespace leeway::cli {

/// For people: a bill beside the replayed usage, what explains each difference and what nothing does.
void print_reconciliation(const usage::Reconciliation& reconciliation);

/// For people: why a period cost more or less than an earlier one, in all and by model.
void print_drift(const usage::UsageDrift& drift);

}
