#include "ui/costs/prices/sheetdialog.h"

#include "ui/costs/prices/agreementtab.h"
#include "ui/costs/prices/doubtstab.h"
#include "ui/costs/prices/sheetmodels.h"
#include "ui/costs/words.h"
#include "ui/shell/workspace.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/readingtable.h"
#include "ui/widgets/theme.h"

#include <QDialogButtonBox>
#include <QLineEdit>
#include <QListView>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStringListModel>
#include <QTabWidget>
#include <QTableView>

namespace leeway::ui {

namespace {

int px(double value)
{
    return Theme::instance().px(value);
}

QTableView* readingTable(QAbstractItemModel* model, const QString& name)
{
    auto* table = new QTableView;
    table->setModel(model);
    makeReading(*table, name);
    return table;
}

}

SheetDialog::SheetDialog(Workspace& workspace, QWidget* parent)
    : QDialog(parent),
      m_workspace(workspace),
      m_models(new SheetModel({}, fromQDate(QDate::currentDate()), this)),
      m_rates(new RatesModel(this)),
      m_found(new QSortFilterProxyModel(this)),
      m_ignored(new QStringListModel(this)),
      m_ignoredFound(new QSortFilterProxyModel(this)),
      m_title(label({}, "title")),
      m_about(paragraph({}, "muted")),
      m_count(label({}, "muted")),
      m_search(new QLineEdit),
      m_tabs(new QTabWidget),
      m_agreement(new AgreementTab(workspace)),
      m_doubts(new DoubtsTab(workspace))
{
    setWindowTitle(tr("Prices"));
    resize(px(1080), px(660));
    m_found->setSourceModel(m_models);
    m_found->setFilterRole(SheetModel::SearchRole);
    m_found->setSortRole(SheetModel::SortRole);
    m_found->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_found->setSortCaseSensitivity(Qt::CaseInsensitive);
    m_ignoredFound->setSourceModel(m_ignored);
    m_ignoredFound->setFilterCaseSensitivity(Qt::CaseInsensitive);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(px(20), px(18), px(20), px(16));
    layout->setSpacing(px(8));
    layout->addWidget(m_title);
    layout->addWidget(m_about);
    auto* row = new QHBoxLayout;
    m_search->setPlaceholderText(tr("Search vendor, model or alias"));
    m_search->setAccessibleName(m_search->placeholderText());
    m_search->setClearButtonEnabled(true);
    m_search->setMaximumWidth(px(320));
    row->addWidget(m_search, 1);
    row->addWidget(m_count);
    row->addStretch();
    layout->addLayout(row);
    m_tabs->addTab(makeModels(), tr("Models"));
    m_tabs->addTab(m_agreement, tr("Agreement"));
    m_tabs->addTab(m_doubts, tr("Doubts"));
    m_tabs->addTab(makeIgnored(), tr("Left out"));
    m_tabs->setDocumentMode(true);
    layout->addWidget(m_tabs, 1);

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    auto* import = buttons->addButton(tr("Import prices…"), QDialogButtonBox::ActionRole);
    import->setAutoDefault(false);
    layout->addWidget(buttons);
    connect(import, &QPushButton::clicked, this, &SheetDialog::importPrices);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_found->setFilterFixedString(text.trimmed());
        m_ignoredFound->setFilterFixedString(text.trimmed());
        m_count->setText(tr("%1 of %2 models").arg(m_found->rowCount()).arg(m_models->rowCount()));
        showRates();
    });
    connect(&m_workspace, &Workspace::changed, this, &SheetDialog::refresh);
    connect(m_tabs, &QTabWidget::currentChanged, this, [this](int tab) {
        // The search finds models; terms and doubts are few.
        m_search->setVisible(tab == ModelsTab || tab == LeftOutTab);
        m_count->setVisible(m_search->isVisibleTo(this));
    });
    refresh();
    m_search->setFocus();
}

QWidget* SheetDialog::makeModels()
{
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->setChildrenCollapsible(false);
    m_table = readingTable(m_found, tr("Models"));
    m_table->setObjectName(u"models"_s);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(SheetModel::VendorColumn, Qt::AscendingOrder);
    const std::array<int, SheetModel::SourceColumn> widths{120, 270, 96, 96, 96, 100};
    for (int column = 0; column < SheetModel::SourceColumn; ++column)
        m_table->setColumnWidth(column, px(widths[std::size_t(column)]));
    splitter->addWidget(m_table);

    auto* rates = new QWidget;
    auto* layout = new QVBoxLayout(rates);
    layout->setContentsMargins(0, px(10), 0, 0);
    layout->setSpacing(px(4));
    m_model = label({}, "heading");
    layout->addWidget(m_model);
    auto* table = readingTable(m_rates, tr("Rates of the model"));
    table->setObjectName(u"rates"_s);
    const std::array<int, RatesModel::ValidColumn> rateWidths{170, 120, 140, 110, 150};
    for (int column = 0; column < RatesModel::ValidColumn; ++column)
        table->setColumnWidth(column, px(rateWidths[std::size_t(column)]));
    layout->addWidget(table);
    splitter->addWidget(rates);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &SheetDialog::showRates);
    return splitter;
}

QWidget* SheetDialog::makeIgnored()
{
    auto* list = new QListView;
    list->setObjectName(u"ignored"_s);
    list->setAccessibleName(tr("What the import left out"));
    list->setModel(m_ignoredFound);
    list->setProperty("bare", true);
    list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    list->setUniformItemSizes(true);
    return list;
}

void SheetDialog::refresh()
{
    const auto& sheet = m_workspace.snapshot().sheet;
    refreshDoubts();
    const QString identity =
        str(sheet.id) + u' ' + str(sheet.sha256) + u' ' + QString::number(sheet.models.size());
    if (identity == m_shown)
        return;
    m_shown = identity;
    m_models->setSheet(sheet);
    m_title->setText(sheet.title.empty() ? tr("Prices") : str(sheet.title));
    QStringList about;
    if (sheet.as_of)
        about << tr("as of %1").arg(dateText(*sheet.as_of));
    about << tr("in %1").arg(str(sheet.currency));
    if (!sheet.source.empty())
        about << str(sheet.source);
    if (!sheet.sha256.empty())
        about << tr("SHA-256 %1…").arg(str(sheet.sha256).left(12));
    m_about->setText(about.join(u" · "_s));
    QStringList ignored;
    for (const std::string& entry : sheet.ignored)
        ignored << str(entry);
    m_ignored->setStringList(ignored);
    m_tabs->setTabText(LeftOutTab, tr("Left out (%1)").arg(ignored.size()));
    m_tabs->setTabVisible(LeftOutTab, !ignored.isEmpty());
    m_count->setText(tr("%1 of %2 models").arg(m_found->rowCount()).arg(m_models->rowCount()));
    if (m_found->rowCount() > 0)
        m_table->setCurrentIndex(m_found->index(0, 0));
    showRates();
}

void SheetDialog::refreshDoubts()
{
    const auto& snapshot = m_workspace.snapshot();
    if (m_doubtsOf && *m_doubtsOf == snapshot.sheet.agreement && m_shownCube == snapshot.cube &&
        m_models->sheet().models == snapshot.sheet.models)
        return;
    m_doubtsOf = snapshot.sheet.agreement;
    m_shownCube = snapshot.cube;
    m_agreement->refresh();
    m_doubts->refresh();
    m_tabs->setTabText(AgreementTabAt, m_agreement->termCount() == 0
                                           ? tr("Agreement")
                                           : tr("Agreement (%1)").arg(m_agreement->termCount()));
    m_tabs->setTabText(DoubtsTabAt,
                       m_doubts->count() == 0 ? tr("Doubts") : tr("Doubts (%1)").arg(m_doubts->count()));
}

void SheetDialog::showRates()
{
    const QModelIndex at = m_found->mapToSource(m_table->currentIndex());
    const auto& sheet = m_models->sheet();
    const pricing::Model* model =
        at.isValid() && at.row() < int(sheet.models.size()) ? &sheet.models[std::size_t(at.row())] : nullptr;
    m_rates->setModel(model, sheet.currency);
    QString text = tr("Choose a model to see all its rates");
    if (model) {
        text = str(model->vendor) + u'/' + str(model->model);
        if (model->retires)
            text += tr(" · retires %1").arg(dateText(*model->retires));
        if (model->open_weights)
            text += tr(" · open weights");
        if (!model->regional_factors.empty()) {
            QStringList factors;
            for (const auto& [region, factor] : model->regional_factors)
                factors << tr("%1 × %2").arg(str(region), str(factor.to_string()));
            text += tr(" · regions: %1").arg(factors.join(u", "_s));
        }
    }
    m_model->setText(text);
}

}
