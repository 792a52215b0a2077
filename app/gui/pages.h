#pragma once

namespace leeway::ui {
class MainWindow;
class Workspace;
}

namespace leeway {

/// Puts every page on the rail, in its order.
void addPages(ui::MainWindow& window, ui::Workspace& workspace);

}
