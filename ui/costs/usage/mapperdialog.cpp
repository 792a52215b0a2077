#include "ui/costs/usage/mapperdialog.h"

#include "ui/costs/usage/columns.h"
#include "ui/costs/usage/rowcounter.h"
#include "ui/costs/words.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/theme.h"

#include <QComboBox>
#include <QCompleter>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QGridLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QProgressBar>
#include <QSignalBlocker>
#include <QTableWidget>
#include <set>

namespace leeway::ui {

namespace {

const QString fixedValue = u"\u0001fixed"_s; // data of the choice "One value"; no column is called so

int px(double value)
{
    return Theme::instance().px(value);
}

QStringList valuesOf(const std::string& field, const pricing::Sheet& sheet)
{
    std::set<std::string> values;
    if (field == "service_tier")
        values = {"standard", "batch", "flex", "priority"};
    for (const auto& model : sheet.models) {
        if (field == "vendor")
            values.insert(model.vendor);
        else if (field == "model")
            values.insert(model.model);
    }
    QStringList list;
    for (const std::string& value : values)
        list << str(value);
    return list;
}

}

MapperDialog::MapperDialog(const QString& file, const usage::Preview& table, const pricing::Sheet& sheet,
                           QWidget* parent)
    : QDialog(parent),
      m_counter(new RowCounter(file, this)),
      m_count(label({})),
      m_problem(paragraph({})),
      m_progress(new QProgressBar)
{
    const QString name = QFileInfo(file).fileName();
    setWindowTitle(tr("Columns of %1").arg(name));
    resize(px(900), px(700));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(px(20), px(18), px(20), px(16));
    layout->setSpacing(px(10));
    layout->addWidget(label(tr("Which column holds what?"), "title"));
    layout->addWidget(paragraph(table.format == "azure-trace"
                                    ? tr("%1 is an Azure trace: it has times and tokens, but no model. Say "
                                         "which model and vendor it is of.")
                                          .arg(name)
                                    : tr("The columns of %1 are not known to Leeway. What it could guess is "
                                         "filled in; correct the rest.")
                                          .arg(name),
                                "muted"));
    layout->addWidget(makePreview(table));
    layout->addWidget(makeFields(table, sheet), 1);

    m_progress->setRange(0, 1000);
    m_progress->setTextVisible(false);
    m_count->setObjectName(u"rowCount"_s);
    m_problem->setObjectName(u"mappingProblem"_s);
    setLook(m_problem, "tone", u"adverse"_s);
    layout->addWidget(m_progress);
    layout->addWidget(m_count);
    layout->addWidget(m_problem);
    auto* buttons = new QDialogButtonBox;
    m_import = buttons->addButton(tr("Import"), QDialogButtonBox::AcceptRole);
    m_import->setProperty("primary", true);
    m_import->setObjectName(u"import"_s);
    buttons->addButton(QDialogButtonBox::Cancel);
    layout->addWidget(buttons);

    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_counter, &RowCounter::progress, m_progress, &QProgressBar::setValue);
    connect(m_counter, &RowCounter::counted, this, &MapperDialog::onCounted);
    start(table.mapping.column_of.empty() ? guessMapping(table.columns) : table.mapping);
}

QWidget* MapperDialog::makePreview(const usage::Preview& table)
{
    auto* view = new QTableWidget(int(table.rows.size()), int(table.columns.size()));
    view->setAccessibleName(tr("First rows of the file"));
    QStringList header;
    for (const std::string& column : table.columns)
        header << str(column);
    view->setHorizontalHeaderLabels(header);
    for (int row = 0; row < view->rowCount(); ++row) {
        const auto& cells = table.rows[std::size_t(row)];
        for (int column = 0; column < view->columnCount() && column < int(cells.size()); ++column)
            view->setItem(row, column, new QTableWidgetItem(str(cells[std::size_t(column)]).left(200)));
    }
    view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view->setTabKeyNavigation(false);
    view->setShowGrid(false);
    view->setWordWrap(false);
    view->verticalHeader()->hide();
    view->verticalHeader()->setDefaultSectionSize(px(26));
    view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    view->resizeColumnsToContents();
    for (int column = 0; column < view->columnCount(); ++column)
        view->setColumnWidth(column, std::min(view->columnWidth(column), px(200)));
    view->setFixedHeight(px(178));
    return view;
}

QWidget* MapperDialog::makeFields(const usage::Preview& table, const pricing::Sheet& sheet)
{
    auto* content = new QWidget;
    auto* grid = new QGridLayout(content);
    grid->setContentsMargins(0, 0, px(8), 0);
    grid->setHorizontalSpacing(px(10));
    grid->setVerticalSpacing(px(6));
    const auto& fields = usageFields();
    const int half = (int(fields.size()) + 1) / 2;
    for (int i = 0; i < int(fields.size()); ++i) {
        const UsageField& field = fields[std::size_t(i)];
        const QString name = QCoreApplication::translate("UsageField", field.label);
        Row row;
        row.column = new QComboBox;
        row.column->setObjectName(u"column-"_s + QLatin1StringView(field.key));
        row.column->setAccessibleName(tr("Column for %1").arg(name));
        row.column->setToolTip(QCoreApplication::translate("UsageField", field.tip));
        row.column->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        row.column->addItem(u"—"_s, QString());
        if (field.fixable)
            row.column->addItem(tr("One value"), fixedValue);
        for (const std::string& column : table.columns)
            row.column->addItem(str(column), str(column));
        row.fixed = new QLineEdit;
        row.fixed->setObjectName(u"fixed-"_s + QLatin1StringView(field.key));
        row.fixed->setAccessibleName(tr("%1 of all rows").arg(name));
        row.fixed->setPlaceholderText(name);
        row.fixed->hide();
        auto* completer = new QCompleter(valuesOf(field.key, sheet), row.fixed);
        completer->setCaseSensitivity(Qt::CaseInsensitive);
        completer->setFilterMode(Qt::MatchContains);
        row.fixed->setCompleter(completer);
        auto* title = label(name);
        title->setBuddy(row.column);
        auto* boxes = new QHBoxLayout;
        boxes->setSpacing(px(6));
        boxes->addWidget(row.column, 1);
        boxes->addWidget(row.fixed, 1);
        const int at = i < half ? 0 : 3;
        grid->addWidget(title, i % half, at);
        grid->addLayout(boxes, i % half, at + 1);
        connect(row.column, &QComboBox::currentIndexChanged, this, [this, row] {
            row.fixed->setVisible(row.column->currentData() == fixedValue);
            onEdited();
        });
        connect(row.fixed, &QLineEdit::textChanged, this, &MapperDialog::onEdited);
        m_rows.emplace(field.key, row);
    }
    grid->setColumnMinimumWidth(2, px(16));
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(4, 1);
    grid->setRowStretch(half, 1);
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(content);
    content->setAutoFillBackground(false);
    return scroll;
}

void MapperDialog::start(const usage::Mapping& mapping)
{
    for (const auto& [field, column] : mapping.column_of)
        setColumn(field, str(column));
    for (const auto& [field, value] : mapping.fixed)
        setFixed(field, str(value));
    if (!mapping.column_of.contains("model") && !mapping.fixed.contains("model"))
        setFixed("model", {});
    if (!mapping.column_of.contains("vendor") && !mapping.fixed.contains("vendor"))
        setFixed("vendor", {});
    onEdited();
}

void MapperDialog::setColumn(const std::string& field, const QString& column)
{
    if (const auto row = m_rows.find(field); row != m_rows.end())
        row->second.column->setCurrentIndex(std::max(0, row->second.column->findData(column)));
}

void MapperDialog::setFixed(const std::string& field, const QString& value)
{
    const auto row = m_rows.find(field);
    if (row == m_rows.end())
        return;
    row->second.column->setCurrentIndex(std::max(0, row->second.column->findData(fixedValue)));
    row->second.fixed->setText(value);
}

usage::Mapping MapperDialog::mapping() const
{
    usage::Mapping mapping;
    for (const auto& [field, row] : m_rows) {
        const QString column = row.column->currentData().toString();
        if (column == fixedValue) {
            if (const QString value = row.fixed->text().trimmed(); !value.isEmpty())
                mapping.fixed[field] = utf8(value);
        } else if (row.column->currentIndex() > 0) {
            mapping.column_of[field] = utf8(column);
        }
    }
    return mapping;
}

void MapperDialog::onEdited()
{
    m_import->setEnabled(false);
    m_progress->setValue(0);
    const usage::Mapping chosen = mapping();
    const QString complaint = mappingComplaint(chosen);
    setLook(m_problem, "tone", u"adverse"_s);
    m_problem->setText(complaint);
    m_problem->setVisible(!complaint.isEmpty());
    m_count->setText(complaint.isEmpty() ? tr("Counting the rows…") : QString());
    if (complaint.isEmpty())
        m_counter->count(chosen);
    else
        m_counter->stop();
}

void MapperDialog::onCounted(const RowCount& count)
{
    m_progress->setValue(1000);
    const std::int64_t all = count.good + count.bad;
    m_count->setText(tr("%1 of %2 rows can be read.").arg(countText(count.good), countText(all)));
    QStringList problems;
    if (!count.error.isEmpty())
        problems << count.error;
    for (const auto& line : count.examples)
        problems << tr("Line %1: %2").arg(countText(line.line), str(line.reason));
    const bool usable = count.error.isEmpty() && count.good > 0;
    setLook(m_problem, "tone", usable ? u"partial"_s : u"adverse"_s);
    m_problem->setText(problems.join(u'\n'));
    m_problem->setVisible(!problems.isEmpty());
    m_import->setEnabled(usable);
}

}
