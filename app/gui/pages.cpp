#include "app/gui/pages.h"

#include "ui/compare/comparepage.h"
#include "ui/contracts/contractspage.h"
#include "ui/costs/costspage.h"
#include "ui/fallback/fallbackpage.h"
#include "ui/overview/overviewpage.h"
#include "ui/report/reportpage.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/workspace.h"
#include "ui/timeline/timelinepage.h"

namespace leeway {

void addPages(ui::MainWindow& window, ui::Workspace& workspace)
{
    window.addPage(new ui::OverviewPage(workspace));
    window.addPage(new ui::ContractsPage(workspace));
    window.addPage(new ui::ComparePage(workspace));
    window.addPage(new ui::CostsPage(workspace));
    window.addPage(new ui::FallbackPage(workspace));
    window.addPage(new ui::TimelinePage(workspace));
    window.addPage(new ui::ReportPage(workspace));
}

}
