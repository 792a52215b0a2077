#pragma once

#include <QHash>
#include <QMainWindow>
#include <vector>

class QMenu;
class QStackedWidget;
class QToolButton;

namespace leeway::ui {

class CommandPalette;
class MessageBar;
class Page;
class Rail;
class StartScreen;
class TopBar;
class Workspace;
struct Command;

/// The one window: rail, top bar, messages, the page, what runs, status bar. Knows pages only as Page.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(Workspace& workspace, QWidget* parent = nullptr);
    ~MainWindow() override;

    void addPage(Page* page); // in the order of the rail; takes ownership
    void showPage(const QString& id, const QString& detail = {});
    [[nodiscard]] Page* currentPage() const;
    [[nodiscard]] MessageBar& messages() const { return *m_messages; }
    /// Everything that the palette offers now.
    [[nodiscard]] std::vector<Command> commands() const;

public Q_SLOTS:
    /// Projects are opened, contracts added, usage and prices imported: each file by its kind.
    void openFiles(const QStringList& files);
    /// Opens the sample project, building it in the user's documents the first time.
    void openSample();

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void buildLayout();
    void buildActions();
    QAction* addCommand(const QString& text, const QString& icon, const QKeySequence& keys,
                        std::function<void()> run);
    void fillRecent();
    void fillThemes(QMenu* menu);
    void onProjectChanged();
    void newProject();
    void chooseProject();
    void showSettings();
    void showHelp();
    void showAbout();
    void showPalette();
    void updateTitle();
    [[nodiscard]] QString documentsFolder() const;

    Workspace& m_workspace;
    Rail* m_rail;
    TopBar* m_topBar;
    MessageBar* m_messages;
    QStackedWidget* m_pages;
    StartScreen* m_start = nullptr;
    CommandPalette* m_palette;
    QMenu* m_menu;
    QMenu* m_recentMenu = nullptr;
    QMenu* m_viewMenu = nullptr;
    QAction* m_new = nullptr;
    QAction* m_open = nullptr;
    QAction* m_sample = nullptr;
    QList<QAction*> m_needProject;
    QList<QAction*> m_commands;
    QHash<QString, Page*> m_pageOf;
    QStringList m_order;
};

}
