#pragma once

#include <QDialog>
#include <functional>
#include <vector>

class QLineEdit;
class QListView;

namespace leeway::ui {

class CommandModel;

/// Something that the palette finds and runs.
struct Command
{
    QString title;    // "Price review"
    QString detail;   // "Check", "Page", "Ctrl+O"
    QString keywords; // also searched, not shown
    QString icon;
    std::function<void()> run;
};

/// Ctrl+K: every action, page, check and contract by a few letters.
class CommandPalette : public QDialog
{
    Q_OBJECT

public:
    explicit CommandPalette(QWidget* parent);
    void open(std::vector<Command> commands);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void filter(const QString& typed);
    void runCurrent();

    CommandModel* m_model;
    QLineEdit* m_field;
    QListView* m_list;
};

}
