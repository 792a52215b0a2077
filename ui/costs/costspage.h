#pragma once

#include "core/usage/reader.h"
#include "ui/shell/page.h"

#include <optional>

class QStackedWidget;
class QLabel;

namespace leeway::ui {

class Draft;
class DriftFlow;
class Forecaster;
class ResultsView;
class TrafficPanel;
class WhatIfPanel;
class Workspace;

/// What the contract may cost: traffic and sliders at the left; chart, matrix and decisions at the right.
class CostsPage : public Page
{
    Q_OBJECT

public:
    explicit CostsPage(Workspace& workspace, QWidget* parent = nullptr);

    [[nodiscard]] QString id() const override { return QStringLiteral("costs"); }
    [[nodiscard]] QString title() const override { return tr("Costs"); }
    [[nodiscard]] QString iconName() const override { return QStringLiteral("costs"); }
    [[nodiscard]] QString subtitle() const override;
    [[nodiscard]] QList<QAction*> pageActions() const override;
    void showDetail(const QString& detail) override;
    bool takeFiles(const QStringList& files) override;

    [[nodiscard]] Draft& draft() { return *m_draft; }
    [[nodiscard]] Forecaster& forecaster() { return *m_forecaster; }
    [[nodiscard]] DriftFlow& drift() { return *m_drift; }
    [[nodiscard]] ResultsView* results() const { return m_results; }
    [[nodiscard]] WhatIfPanel* whatIf() const { return m_whatIf; }

public Q_SLOTS:
    void importUsage();
    void importUsageFiles(const QStringList& files);
    void typeVolumes();
    void importPrices();
    void showPrices();
    void showBadLines();
    void compareBill();
    void compareBillFiles(const QStringList& files);

protected:
    void hideEvent(QHideEvent* event) override;

private:
    void start(const QStringList& files, const std::optional<usage::Mapping>& mapping);
    QWidget* makeLeft();
    QWidget* makeEmpty();
    void makeActions();
    void refresh();
    void onWorkspaceChanged();

    Workspace& m_workspace;
    Draft* m_draft;
    Forecaster* m_forecaster;
    DriftFlow* m_drift;
    TrafficPanel* m_traffic = nullptr;
    WhatIfPanel* m_whatIf = nullptr;
    QStackedWidget* m_right = nullptr;
    QLabel* m_preparing = nullptr;
    ResultsView* m_results = nullptr;
    QAction* m_importUsage = nullptr;
    QAction* m_typeVolumes = nullptr;
    QString m_subtitle;
    bool m_awaitsUsage = false; // an import of this page is under way
    std::int64_t m_requests = 0;
    std::int64_t m_badLines = 0;
};

}
