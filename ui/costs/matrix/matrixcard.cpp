#include "ui/costs/matrix/matrixcard.h"

#include "ui/widgets/figures.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QTimer>

namespace leeway::ui {

namespace {

constexpr int shortNotes = 2;

int px(double value)
{
    return Theme::instance().px(value);
}

/// Names in their line's colour, figures of equal width, reasons on up to two lines.
class MatrixDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const Palette& palette = Theme::instance().palette();
        painter->save();
        if (option.state & QStyle::State_Selected)
            painter->fillRect(option.rect, palette["selection"]);
        painter->setPen(palette["line"]);
        if (index.row() > 0)
            painter->drawLine(option.rect.topLeft(), option.rect.topRight());
        const QRect rect = option.rect.adjusted(px(8), px(6), -px(8), -px(6));
        const QString text = index.data().toString();
        const int column = index.column();
        if (column == MatrixModel::ScenarioColumn) {
            painter->setFont(Theme::instance().font(13, QFont::DemiBold));
            painter->setPen(palette.color(QLatin1StringView(colors.value(index.row(), u"ink"_s).toLatin1())));
            painter->drawText(rect, Qt::AlignLeft | Qt::AlignVCenter,
                              painter->fontMetrics().elidedText(text, Qt::ElideRight, rect.width()));
        } else if (column == MatrixModel::DecidesColumn) {
            painter->setPen(palette["muted"]);
            painter->drawText(rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWordWrap, text);
        } else {
            const bool muted =
                text == u"—"_s || text == u"…"_s || index.data(MatrixModel::FadedRole).toBool();
            painter->setPen(muted ? palette["muted"] : palette["ink"]);
            drawFigures(*painter, rect, Qt::AlignRight, text);
        }
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const QString text = index.data().toString();
        if (index.column() == MatrixModel::DecidesColumn) {
            const int width = std::max(px(80), option.rect.width() - px(16));
            const QRect used =
                option.fontMetrics.boundingRect(QRect(0, 0, width, 10'000), Qt::TextWordWrap, text);
            return {width, used.height() + px(14)};
        }
        const QFont font = Theme::instance().font(
            13, index.column() == MatrixModel::ScenarioColumn ? QFont::DemiBold : QFont::Normal);
        const int width = index.column() == MatrixModel::ScenarioColumn
                              ? QFontMetrics(font).horizontalAdvance(text)
                              : figuresWidth(font, text);
        return {width + px(18), option.fontMetrics.height() + px(14)};
    }

    QStringList colors;
};

}

MatrixCard::MatrixCard(QWidget* parent)
    : Card({}, parent),
      m_model(new MatrixModel(this)),
      m_table(new QTableView),
      m_notesBox(new QWidget),
      m_notes(paragraph({}, "small")),
      m_all(linkButton({}))
{
    setAccessibleName(tr("Scenario matrix"));
    body()->setContentsMargins(px(10), px(8), px(10), px(10));
    m_table->setModel(m_model);
    m_table->setItemDelegate(new MatrixDelegate(m_table));
    m_table->setAccessibleName(tr("Scenario matrix"));
    m_table->setProperty("bare", true);
    m_table->setShowGrid(false);
    m_table->setWordWrap(true);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->verticalHeader()->hide();
    auto* header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionsClickable(false);
    header->setMinimumSectionSize(px(48));
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(MatrixModel::DecidesColumn, QHeaderView::Stretch);
    body()->addWidget(m_table);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) {
                if (current.isValid())
                    Q_EMIT chosen(current.row());
            });

    auto* notes = new QHBoxLayout(m_notesBox);
    notes->setContentsMargins(px(8), px(4), px(8), 0);
    notes->setSpacing(px(12));
    notes->addWidget(m_notes, 1);
    notes->addWidget(m_all, 0, Qt::AlignBottom);
    m_notesBox->hide();
    body()->addWidget(m_notesBox);
    connect(m_all, &QPushButton::clicked, this, [this] {
        m_showAll = !m_showAll;
        showNotes();
    });
}

void MatrixCard::setMatrix(const simulation::Matrix& matrix, const QStringList& names,
                           const QStringList& colors)
{
    static_cast<MatrixDelegate*>(m_table->itemDelegate())->colors = colors;
    m_model->setMatrix(matrix, names);
    fit();
    QStringList all;
    for (const std::string& note : matrix.notes)
        all << str(note);
    if (all != m_allNotes) {
        m_allNotes = all;
        showNotes();
    }
}

void MatrixCard::setRanges(std::vector<MatrixModel::Range> ranges, bool faded)
{
    m_model->setRanges(std::move(ranges), faded);
    fitColumn(MatrixModel::LowColumn);
    fitColumn(MatrixModel::HighColumn);
}

void MatrixCard::choose(int row)
{
    if (row < m_model->rowCount() && m_table->currentIndex().row() != row)
        m_table->selectRow(row);
}

void MatrixCard::fitColumn(int column)
{
    int width = m_table->horizontalHeader()->sectionSizeHint(column);
    QStyleOptionViewItem option;
    option.initFrom(m_table);
    for (int row = 0; row < m_model->rowCount(); ++row)
        width =
            std::max(width, m_table->itemDelegate()->sizeHint(option, m_model->index(row, column)).width());
    width = std::min(width, column == 0 ? px(190) : px(170));
    // Columns only grow while a slider moves, so that figures do not dance.
    if (width > m_table->columnWidth(column) || width < m_table->columnWidth(column) - px(40))
        m_table->setColumnWidth(column, width);
}

void MatrixCard::fit()
{
    for (int column = 0; column < MatrixModel::DecidesColumn; ++column)
        fitColumn(column);
    QStyleOptionViewItem option;
    option.initFrom(m_table);
    int height = m_table->horizontalHeader()->sizeHint().height();
    option.rect.setWidth(m_table->columnWidth(MatrixModel::DecidesColumn));
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const int wanted = m_table->itemDelegate()
                               ->sizeHint(option, m_model->index(row, MatrixModel::DecidesColumn))
                               .height();
        if (m_table->rowHeight(row) != wanted)
            m_table->setRowHeight(row, wanted);
        height += wanted;
    }
    if (m_table->height() != height + 2)
        m_table->setFixedHeight(height + 2);
}

void MatrixCard::showNotes()
{
    const qsizetype shown =
        m_showAll ? m_allNotes.size() : std::min<qsizetype>(shortNotes, m_allNotes.size());
    QStringList lines;
    for (const QString& note : m_allNotes.mid(0, shown))
        lines << (shown > 1 ? u"• "_s + note : note);
    m_notes->setText(lines.join(u'\n'));
    m_all->setVisible(m_allNotes.size() > shortNotes);
    m_all->setText(m_showAll ? tr("Fewer notes") : tr("All %1 notes").arg(m_allNotes.size()));
    m_notesBox->setVisible(!m_allNotes.isEmpty());
}

void MatrixCard::resizeEvent(QResizeEvent* event)
{
    Card::resizeEvent(event);
    // The last column gets its width after the card: only then is it known how often its text wraps.
    QTimer::singleShot(0, this, &MatrixCard::fit);
}

}
