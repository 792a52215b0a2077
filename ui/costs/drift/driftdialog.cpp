#include "ui/costs/drift/driftdialog.h"

#include "core/base/file.h"
#include "ui/costs/drift/driftwords.h"
#include "ui/costs/words.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/readingtable.h"
#include "ui/widgets/theme.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHeaderView>
#include <QPushButton>
#include <QStandardPaths>
#include <QTableWidget>
#include <QVBoxLayout>

namespace leeway::ui {

namespace {

int px(double value)
{
    return Theme::instance().px(value);
}

}

DriftDialog::DriftDialog(DriftCheck check, QWidget* parent)
    : QDialog(parent),
      m_check(std::move(check)),
      m_said(paragraph({}, "small"))
{
    setWindowTitle(tr("Drift of the usage"));
    resize(px(1080), px(640));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(px(20), px(18), px(20), px(16));
    layout->setSpacing(px(10));
    const usage::UsageDrift& drift = m_check.drift;
    auto* title = paragraph(driftHeadline(m_check), "title");
    title->setObjectName(QStringLiteral("driftHeadline"));
    layout->addWidget(title);
    layout->addWidget(paragraph(
        tr("%1 against %2, each at the prices and the agreement of its days. The parts add up to the cent.")
            .arg(periodText(drift.after_days, false), periodText(drift.before_days, false)),
        "muted"));
    auto* bars = new BarsChart;
    bars->setObjectName(QStringLiteral("driftBars"));
    bars->setAccessibleName(tr("From the earlier cost to the later one"));
    bars->setContent(driftBars(m_check));
    layout->addWidget(bars);
    layout->addSpacing(px(4));
    layout->addWidget(makeModels(), 1);
    if (const QString notes = driftNotes(m_check); !notes.isEmpty()) {
        auto* said = paragraph(notes, "small");
        said->setObjectName(QStringLiteral("driftNotes"));
        said->setTextInteractionFlags(Qt::TextSelectableByMouse);
        layout->addWidget(said);
    }
    m_said->setObjectName(QStringLiteral("driftSaid"));
    m_said->hide();
    layout->addWidget(m_said);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    auto* other = buttons->addButton(tr("Another export…"), QDialogButtonBox::ActionRole);
    other->setToolTip(tr("Compare the project’s usage with that of a log or cube file instead"));
    auto* save = buttons->addButton(tr("Export…"), QDialogButtonBox::ActionRole);
    save->setToolTip(tr("These figures as a table (CSV) or for scripts (JSON)"));
    connect(other, &QPushButton::clicked, this, &DriftDialog::otherExport);
    connect(save, &QPushButton::clicked, this, &DriftDialog::chooseFile);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
    buttons->button(QDialogButtonBox::Close)->setFocus();
}

QTableWidget* DriftDialog::makeModels()
{
    const auto& models = m_check.drift.models;
    const std::string& currency = m_check.drift.currency;
    auto* table = new QTableWidget(int(models.size()), 9);
    table->setObjectName(QStringLiteral("driftModels"));
    table->setHorizontalHeaderLabels({tr("Model"), tr("Before"), tr("Now"), tr("Difference"), tr("Volume"),
                                      tr("Models"), tr("Length"), tr("Cache"), tr("Prices")});
    makeReading(*table, tr("Models by the size of their difference"));
    table->horizontalHeader()->setStretchLastSection(false);
    table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    for (int row = 0; row < int(models.size()); ++row) {
        const usage::ModelDrift& model = models[std::size_t(row)];
        const auto change = [&](base::Decimal amount) { return differenceText(amount, currency); };
        const QString name = str(model.vendor.empty() ? model.model : model.vendor + "/" + model.model);
        setRow(*table, row,
               {name, moneyText(model.before.cost, currency), moneyText(model.after.cost, currency),
                change(model.after.cost - model.before.cost), change(model.parts.volume),
                change(model.parts.mix), change(model.parts.length), change(model.parts.cache),
                change(model.parts.price)});
        table->item(row, 0)->setToolTip(
            tr("%1\n%2 before, %3 now; %4 of the input from the cache "
               "before, %5 now")
                .arg(name, counted(qsizetype(model.before.requests), tr("request"), tr("requests")),
                     countText(model.after.requests), percentText(model.before.cached_share() * 100),
                     percentText(model.after.cached_share() * 100)));
    }
    for (int column = 1; column < table->columnCount(); ++column) {
        table->setColumnWidth(column, px(column < 4 ? 108 : 100));
        table->horizontalHeaderItem(column)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        for (int row = 0; row < table->rowCount(); ++row)
            table->item(row, column)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    }
    return table;
}

void DriftDialog::chooseFile()
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    QString chosen;
    QString file = QFileDialog::getSaveFileName(this, tr("Export the drift"),
                                                QDir(folder).filePath(QStringLiteral("usage-drift.csv")),
                                                tr("CSV (*.csv);;JSON (*.json)"), &chosen);
    if (file.isEmpty())
        return;
    if (QFileInfo(file).suffix().isEmpty())
        file += chosen.startsWith(QStringLiteral("JSON")) ? QStringLiteral(".json") : QStringLiteral(".csv");
    exportTo(file);
}

void DriftDialog::exportTo(const QString& file)
{
    const bool json = file.endsWith(QStringLiteral(".json"), Qt::CaseInsensitive);
    const auto written = base::write_file(utf8(file), json ? usage::to_json(m_check.drift).dump(2) + "\n"
                                                           : usage::to_csv(m_check.drift));
    m_said->setText(written ? tr("Wrote %1").arg(file) : str(written.error().message));
    m_said->show();
}

}
