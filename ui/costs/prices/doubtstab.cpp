#include "ui/costs/prices/doubtstab.h"

#include "core/pricing/lint.h"
#include "core/usage/priced.h"
#include "ui/costs/words.h"
#include "ui/shell/workspace.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/readingtable.h"
#include "ui/widgets/theme.h"

#include <QTableWidget>
#include <algorithm>
#include <set>

namespace leeway::ui {

namespace {

int px(double value)
{
    return Theme::instance().px(value);
}

/// Findings on what the usage touches first, errors before warnings.
std::vector<pricing::LintFinding> findingsOf(const project::Snapshot& snapshot)
{
    std::set<std::pair<std::string, std::string>> used;
    for (const auto& cell : snapshot.cube.cells) {
        if (const auto* model = snapshot.sheet.find(cell.key.vendor, cell.key.model))
            used.emplace(model->vendor, model->model);
    }
    auto findings = pricing::lint(snapshot.sheet, fromQDate(QDate::currentDate()));
    const auto rank = [&used](const pricing::LintFinding& finding) {
        const bool touches = finding.model.empty() || used.contains({finding.vendor, finding.model});
        return (touches ? 0 : 2) + (finding.severity == pricing::Severity::Error ? 0 : 1);
    };
    std::ranges::stable_sort(findings, {}, rank);
    return findings;
}

}

DoubtsTab::DoubtsTab(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_summary(paragraph({}, "muted")),
      m_table(new QTableWidget(0, 4))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, px(10), 0, 0);
    layout->setSpacing(px(10));
    layout->addWidget(m_summary);
    m_summary->setObjectName(u"doubtsSummary"_s);
    m_table->setObjectName(u"doubts"_s);
    m_table->setHorizontalHeaderLabels({tr("Kind"), tr("Model"), tr("What"), tr("Why it matters")});
    makeReading(*m_table, tr("What is doubtful about the prices"));
    const std::array<int, 3> widths{90, 220, 330};
    for (int column = 0; column < 3; ++column)
        m_table->setColumnWidth(column, px(widths[std::size_t(column)]));
    m_table->setWordWrap(true);
    layout->addWidget(m_table, 1);
}

void DoubtsTab::refresh()
{
    const auto& snapshot = m_workspace.snapshot();
    const auto priced = usage::priced_usage(snapshot.cube, snapshot.sheet);
    const auto findings = findingsOf(snapshot);
    std::int64_t without = 0;
    m_table->setRowCount(int(priced.unpriced.size() + priced.notes.size() + findings.size()));
    int row = 0;
    for (const auto& [model, requests] : priced.unpriced) {
        without += requests;
        setRow(*m_table, row++,
               {tr("No price"), str(model),
                requests == 1 ? tr("1 request has no price")
                              : tr("%1 requests have no price").arg(countText(requests)),
                tr("They are left out of every total; import a sheet that has the model")});
    }
    for (const std::string& note : priced.notes)
        setRow(*m_table, row++, {tr("Assumed"), {}, str(note), tr("The sheet says nothing nearer")});
    for (const auto& finding : findings)
        setRow(*m_table, row++,
               {finding.severity == pricing::Severity::Error ? tr("Wrong") : tr("Doubtful"),
                finding.model.empty() ? tr("agreement") : str(finding.vendor + "/" + finding.model),
                str(finding.what), str(finding.why)});
    m_table->resizeRowsToContents();
    m_count = row;
    if (without > 0)
        m_summary->setText((without == 1 ? tr("%1 of %2 requests has no price and is in no total.")
                                         : tr("%1 of %2 requests have no price and are in no total."))
                               .arg(countText(without), countText(snapshot.cube.requests)));
    else if (row > 0)
        m_summary->setText(snapshot.cube.empty()
                               ? tr("No usage is imported; this is what looks wrong in the sheet.")
                               : tr("Every imported request has a price."));
    else
        m_summary->setText(
            tr("Nothing is doubtful: every request has a price, and no price contradicts another."));
    m_table->setVisible(row > 0);
}

}
