#pragma once

#include <QIcon>
#include <QString>
#include <QWidget>

class QAction;

namespace leeway::ui {

/// One entry of the rail.
class Page : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

    [[nodiscard]] virtual QString id() const = 0;       // "costs": never translated
    [[nodiscard]] virtual QString title() const = 0;    // "Costs"
    [[nodiscard]] virtual QString iconName() const = 0; // of resources/icons, without ending
    /// What the top bar says beside the project's title: "Aurora AI · Master agreement v3".
    [[nodiscard]] virtual QString subtitle() const { return {}; }
    /// Buttons for the right of the top bar, the last one primary. Also offered in the palette (Ctrl+K).
    [[nodiscard]] virtual QList<QAction*> pageActions() const { return {}; }
    /// Goes to a place of the page: a check id, a scenario id.
    virtual void showDetail(const QString& detail) { Q_UNUSED(detail) }
    /// Takes usage files that were dropped on the window, to ask about them first; false: they are imported
    /// as they are.
    virtual bool takeFiles(const QStringList& files)
    {
        Q_UNUSED(files)
        return false;
    }

Q_SIGNALS:
    void headerChanged(); // subtitle() or pageActions() changed
};

}
