#include "ui/costs/bill/billcheck.h"

namespace leeway::ui {

namespace {

constexpr std::size_t shownBad = 20;

}

base::Result<BillCheck> checkBill(const std::vector<std::filesystem::path>& files, const usage::Cube& cube,
                                  const pricing::Sheet& sheet, const base::Progress& progress)
{
    BillCheck check;
    std::vector<usage::BilledLine> lines;
    for (const std::filesystem::path& file : files) {
        const auto status = usage::read_billed(
            file, [&](const usage::BilledLine& line) { lines.push_back(line); },
            [&](usage::BadLine line) {
                ++check.bad_lines;
                if (check.bad.size() < shownBad)
                    check.bad.push_back(std::move(line));
            },
            progress);
        if (!status)
            return tl::unexpected(status.error());
    }
    auto reconciliation = usage::reconcile(cube, sheet, lines);
    if (!reconciliation)
        return tl::unexpected(reconciliation.error());
    check.reconciliation = std::move(*reconciliation);
    return check;
}

}
