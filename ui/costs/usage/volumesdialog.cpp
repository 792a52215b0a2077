#include "ui/costs/usage/volumesdialog.h"

#include "ui/costs/usage/volumesmodel.h"
#include "ui/costs/words.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/theme.h"

#include <QClipboard>
#include <QCompleter>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTableView>
#include <set>

namespace leeway::ui {

namespace {

/// Offers the sheet's vendors, and the models of the row's vendor, while they are typed.
class VolumesDelegate : public QStyledItemDelegate
{
public:
    VolumesDelegate(const VolumesModel& model, QObject* parent) : QStyledItemDelegate(parent), m_model(model)
    {
    }

    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem&,
                          const QModelIndex& index) const override
    {
        auto* field = new QLineEdit(parent);
        field->setAlignment(Qt::Alignment(index.data(Qt::TextAlignmentRole).toInt()));
        if (index.column() != VolumesModel::VendorColumn && index.column() != VolumesModel::ModelColumn)
            return field;
        const QString vendor = index.siblingAtColumn(VolumesModel::VendorColumn).data().toString();
        std::set<QString> names;
        for (const auto& model : m_model.sheet().models) {
            if (index.column() == VolumesModel::VendorColumn)
                names.insert(str(model.vendor));
            else if (vendor.isEmpty() || str(model.vendor).compare(vendor, Qt::CaseInsensitive) == 0)
                names.insert(str(model.model));
        }
        auto* completer = new QCompleter(QStringList(names.begin(), names.end()), field);
        completer->setCaseSensitivity(Qt::CaseInsensitive);
        completer->setFilterMode(Qt::MatchContains);
        field->setCompleter(completer);
        return field;
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        if (const QVariant tint = index.data(Qt::BackgroundRole); tint.isValid())
            painter->fillRect(option.rect, tint.value<QColor>());
        QStyledItemDelegate::paint(painter, option, index);
    }

    void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                              const QModelIndex&) const override
    {
        editor->setGeometry(option.rect);
    }

private:
    const VolumesModel& m_model;
};

int px(double value)
{
    return Theme::instance().px(value);
}

}

VolumesDialog::VolumesDialog(const usage::Cube& current, const pricing::Sheet& sheet, QWidget* parent)
    : QDialog(parent),
      m_model(new VolumesModel(sheet, this)),
      m_table(new QTableView),
      m_summary(label({}, "muted")),
      m_problem(paragraph({}))
{
    const bool typed = !current.empty() && current.sources == std::vector<std::string>{typedSource};
    setWindowTitle(tr("Monthly volumes"));
    resize(px(920), px(520));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(px(20), px(18), px(20), px(16));
    layout->setSpacing(px(10));
    layout->addWidget(label(tr("What goes through in a month?"), "title"));
    QString intro =
        tr("One row a month and model. Cells may be pasted from a spreadsheet. Cached tokens are part of the "
           "input.");
    if (!current.empty() && !typed)
        intro += u' ' + tr("These volumes replace the usage that was imported; that can be undone.");
    layout->addWidget(paragraph(intro, "muted"));

    m_table->setModel(m_model);
    m_table->setObjectName(u"volumes"_s);
    m_table->setAccessibleName(windowTitle());
    m_table->setItemDelegate(new VolumesDelegate(*m_model, m_table));
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::SelectedClicked |
                             QAbstractItemView::EditKeyPressed | QAbstractItemView::AnyKeyPressed);
    m_table->setSelectionMode(QAbstractItemView::ContiguousSelection);
    m_table->verticalHeader()->setDefaultSectionSize(px(30));
    m_table->verticalHeader()->setMinimumWidth(px(30));
    auto* header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionResizeMode(QHeaderView::Interactive);
    const std::array<int, VolumesModel::ColumnCount> widths{86, 100, 176, 112, 106, 118, 0};
    for (int column = 0; column < VolumesModel::RequestsColumn; ++column)
        m_table->setColumnWidth(column, px(widths[std::size_t(column)]));
    header->setStretchLastSection(true);
    m_table->installEventFilter(this);
    layout->addWidget(m_table, 1);

    auto* tools = new QHBoxLayout;
    tools->setSpacing(px(8));
    auto* add = new QPushButton(tr("Add row"));
    auto* remove = new QPushButton(tr("Remove row"));
    auto* paste = new QPushButton(tr("Paste"));
    add->setObjectName(u"addRow"_s);
    remove->setObjectName(u"removeRow"_s);
    tools->addWidget(add);
    tools->addWidget(remove);
    tools->addWidget(paste);
    tools->addStretch();
    tools->addWidget(m_summary);
    layout->addLayout(tools);
    m_problem->setObjectName(u"volumeProblem"_s);
    layout->addWidget(m_problem);

    auto* buttons = new QDialogButtonBox;
    m_use = buttons->addButton(tr("Use these volumes"), QDialogButtonBox::AcceptRole);
    m_use->setProperty("primary", true);
    m_use->setObjectName(u"useVolumes"_s);
    m_use->setAutoDefault(false);
    buttons->addButton(QDialogButtonBox::Cancel)->setAutoDefault(false);
    for (QPushButton* button : {add, remove, paste})
        button->setAutoDefault(false);
    layout->addWidget(buttons);

    connect(add, &QPushButton::clicked, this, &VolumesDialog::addRow);
    connect(remove, &QPushButton::clicked, this, &VolumesDialog::removeSelected);
    connect(paste, &QPushButton::clicked, this, &VolumesDialog::pasteHere);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    if (typed)
        m_model->setVolumes(volumesOf(current));
    if (m_model->rowCount() == 0)
        m_model->insertRow(0);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &VolumesDialog::refresh);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &VolumesDialog::refresh);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &VolumesDialog::refresh);
    m_table->setCurrentIndex(m_model->index(0, 0));
    m_table->setFocus();
    refresh();
}

usage::Cube VolumesDialog::cube() const
{
    usage::Cube cube = usage::cube_of_volumes(m_model->volumes(), m_model->sheet());
    cube.sources = {typedSource};
    return cube;
}

void VolumesDialog::addRow()
{
    const int row = m_model->rowCount();
    if (!m_model->insertRow(row))
        return;
    // The next month of the same model is the likeliest.
    if (row > 0) {
        for (const int column : {int(VolumesModel::VendorColumn), int(VolumesModel::ModelColumn)})
            m_model->setData(m_model->index(row, column), m_model->index(row - 1, column).data());
        if (const auto month =
                readMonth(m_model->index(row - 1, VolumesModel::MonthColumn).data().toString()))
            m_model->setData(m_model->index(row, VolumesModel::MonthColumn),
                             str(base::to_string(*month + 1)));
    }
    m_table->setCurrentIndex(
        m_model->index(row, row > 0 ? VolumesModel::InputColumn : VolumesModel::MonthColumn));
    m_table->setFocus();
}

void VolumesDialog::removeSelected()
{
    std::set<int, std::greater<>> rows;
    for (const QModelIndex& index : m_table->selectionModel()->selectedIndexes())
        rows.insert(index.row());
    if (rows.empty() && m_table->currentIndex().isValid())
        rows.insert(m_table->currentIndex().row());
    for (const int row : rows)
        m_model->removeRow(row);
    if (m_model->rowCount() == 0)
        m_model->insertRow(0);
}

void VolumesDialog::clearSelected()
{
    for (const QModelIndex& index : m_table->selectionModel()->selectedIndexes())
        m_model->setData(index, QString());
}

void VolumesDialog::copySelected() const
{
    QModelIndexList cells = m_table->selectionModel()->selectedIndexes();
    std::sort(cells.begin(), cells.end());
    QString text;
    int row = -1;
    for (const QModelIndex& cell : cells) {
        if (row >= 0)
            text += cell.row() == row ? u'\t' : u'\n';
        text += cell.data().toString();
        row = cell.row();
    }
    QGuiApplication::clipboard()->setText(text);
}

void VolumesDialog::pasteHere()
{
    const QModelIndex at = m_table->currentIndex();
    m_model->paste(QGuiApplication::clipboard()->text(), at.isValid() ? at.row() : 0,
                   at.isValid() ? at.column() : 0);
}

bool VolumesDialog::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_table || event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->matches(QKeySequence::Paste))
        pasteHere();
    else if (key->matches(QKeySequence::Copy))
        copySelected();
    else if (key->key() == Qt::Key_Delete || key->key() == Qt::Key_Backspace)
        clearSelected();
    else
        return QDialog::eventFilter(watched, event);
    return true;
}

void VolumesDialog::refresh()
{
    const auto volumes = m_model->volumes();
    std::set<base::Month> months;
    std::int64_t tokens = 0;
    for (const auto& volume : volumes) {
        months.insert(volume.month);
        tokens += volume.counts.all_input() + volume.counts.all_output();
    }
    QStringList parts;
    if (!volumes.empty())
        parts << (volumes.size() == 1 ? tr("1 row") : tr("%1 rows").arg(volumes.size()))
              << (months.size() == 1 ? tr("1 month") : tr("%1 months").arg(months.size()))
              << tr("%1 tokens").arg(shortAmount(base::Decimal::from_integer(tokens)));
    m_summary->setText(parts.join(u" · "_s));

    const QStringList problems = m_model->problems();
    const QStringList unpriced = m_model->unpriced();
    QString text;
    if (!problems.isEmpty()) {
        text = problems.front();
        if (problems.size() > 1)
            text +=
                u' ' + (problems.size() == 2 ? tr("One more row is incomplete.")
                                             : tr("%1 more rows are incomplete.").arg(problems.size() - 1));
    } else if (!unpriced.isEmpty()) {
        text = tr("Not in the price sheet, so without a price: %1.").arg(unpriced.mid(0, 4).join(u", "_s));
    }
    setLook(m_problem, "tone", problems.isEmpty() ? u"partial"_s : u"adverse"_s);
    m_problem->setText(text);
    m_problem->setVisible(!text.isEmpty());
    m_use->setEnabled(problems.isEmpty() && !volumes.empty());
}

}
