#pragma once

#include "core/base/progress.h"
#include "core/usage/reconcile.h"

#include <filesystem>
#include <vector>

namespace leeway::ui {

/// A bill beside what the usage costs.
struct BillCheck
{
    usage::Reconciliation reconciliation;
    std::vector<usage::BadLine> bad; // lines that could not be read, at most 20
    std::int64_t bad_lines = 0;
};

/// Reads invoices or exports of costs and compares them, together, with the usage. Errors are those of
/// usage::read_billed and usage::reconcile.
base::Result<BillCheck> checkBill(const std::vector<std::filesystem::path>& files, const usage::Cube& cube,
                                  const pricing::Sheet& sheet, const base::Progress& progress);

}
