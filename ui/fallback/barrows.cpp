#include "ui/fallback/barrows.h"

#include "ui/widgets/figures.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QPainter>
#include <algorithm>
#include <utility>

namespace leeway::ui {

namespace {

constexpr double rowHeight = 26;
constexpr double labelWidth = 104;
constexpr double figureWidth = 76;
constexpr double noteWidth = 88;

double px(double value)
{
    return Theme::instance().px(value);
}

}

BarRows::BarRows(const QString& name, QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(name);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void BarRows::setRows(std::vector<Row> rows)
{
    m_rows = std::move(rows);
    QStringList spoken;
    for (const Row& row : m_rows)
        spoken << row.label + u": "_s + row.figure + (row.note.isEmpty() ? QString() : u", "_s + row.note);
    setAccessibleDescription(spoken.join(u"; "_s));
    updateGeometry();
    update();
}

QSize BarRows::sizeHint() const
{
    return {int(px(420)), int(px(rowHeight * double(std::max<std::size_t>(1, m_rows.size()))))};
}

QSize BarRows::minimumSizeHint() const
{
    return {int(px(labelWidth + figureWidth + noteWidth + 24)), sizeHint().height()};
}

void BarRows::paintEvent(QPaintEvent*)
{
    const Palette& palette = Theme::instance().palette();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    double largest = 0;
    bool notes = false;
    for (const Row& row : m_rows) {
        largest = std::max(largest, row.value);
        notes = notes || !row.note.isEmpty();
    }
    const double left = px(labelWidth);
    const double right = width() - px(figureWidth) - (notes ? px(noteWidth) : 0);
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const Row& row = m_rows[i];
        const double top = px(rowHeight) * double(i);
        const double middle = top + px(rowHeight) / 2;
        const int height = int(px(rowHeight));
        painter.setFont(Theme::instance().font(13));
        painter.setPen(palette["ink"]);
        painter.drawText(QRectF(0, top, left, height), Qt::AlignVCenter, row.label);
        painter.setPen(Qt::NoPen);
        painter.setBrush(palette["accent"]);
        if (largest > 0)
            painter.drawRoundedRect(
                QRectF(left, middle - px(5), std::max(1.0, (right - left) * row.value / largest), px(10)), 2,
                2);
        painter.setFont(Theme::instance().font(13, QFont::DemiBold));
        painter.setPen(palette["ink"]);
        drawFigures(painter, QRect(int(right), int(top), int(px(figureWidth)), height), Qt::AlignRight,
                    row.figure);
        painter.setFont(Theme::instance().font(13));
        painter.setPen(palette["muted"]);
        drawFigures(painter, QRect(int(right + px(figureWidth)), int(top), int(px(noteWidth)), height),
                    Qt::AlignRight, row.note);
    }
}

}
