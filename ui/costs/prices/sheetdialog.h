#pragma once

#include "core/pricing/agreement.h"
#include "core/usage/cube.h"

#include <QDialog>
#include <optional>

class QLabel;
class QLineEdit;
class QSortFilterProxyModel;
class QStringListModel;
class QTabWidget;
class QTableView;

namespace leeway::ui {

class AgreementTab;
class DoubtsTab;
class RatesModel;
class SheetModel;
class Workspace;

/// The price sheet in use, to read and search; follows an import.
class SheetDialog : public QDialog
{
    Q_OBJECT

public:
    explicit SheetDialog(Workspace& workspace, QWidget* parent = nullptr);

Q_SIGNALS:
    void importPrices();

private:
    QWidget* makeModels();
    QWidget* makeIgnored();
    void refresh();
    void refreshDoubts();
    void showRates();

    enum Tab { ModelsTab, AgreementTabAt, DoubtsTabAt, LeftOutTab };

    Workspace& m_workspace;
    SheetModel* m_models;
    RatesModel* m_rates;
    QSortFilterProxyModel* m_found;
    QStringListModel* m_ignored;
    QSortFilterProxyModel* m_ignoredFound;
    QLabel* m_title;
    QLabel* m_about;
    QLabel* m_count;
    QLabel* m_model = nullptr;
    QLineEdit* m_search;
    QTabWidget* m_tabs;
    AgreementTab* m_agreement;
    DoubtsTab* m_doubts;
    QTableView* m_table = nullptr;
    QString m_shown;                              // the identity of the sheet that is shown
    std::optional<pricing::Agreement> m_doubtsOf; // what agreement and doubts were made of
    usage::Cube m_shownCube;
};

}
