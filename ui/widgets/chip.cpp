#include "ui/widgets/chip.h"

#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QFontMetrics>
#include <QPainter>
#include <algorithm>

namespace leeway::ui {

namespace {

struct Measures
{
    QFont font = Theme::instance().font(11, QFont::DemiBold);
    int icon = Theme::instance().px(10);
    int side = Theme::instance().px(8);
    int gap = Theme::instance().px(3);
    int height = Theme::instance().px(18);
};

}

QSize chipSize(clauses::Verdict verdict)
{
    const Measures m;
    return {2 * m.side + m.icon + m.gap + QFontMetrics(m.font).horizontalAdvance(verdictWord(verdict)),
            m.height};
}

int chipColumnWidth()
{
    using clauses::Verdict;
    int width = 0;
    for (const auto verdict : {Verdict::Met, Verdict::Partial, Verdict::Missing, Verdict::Adverse})
        width = std::max(width, chipSize(verdict).width());
    return width;
}

QRect paintChip(QPainter& painter, const QRect& rect, clauses::Verdict verdict)
{
    const Measures m;
    const QSize size = chipSize(verdict);
    const QRect chip(rect.x(), rect.y() + (rect.height() - size.height()) / 2, size.width(), size.height());
    const Palette& palette = Theme::instance().palette();
    const QColor ink = palette.ink(verdict);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(palette.tint(verdict));
    painter.drawRoundedRect(chip, chip.height() / 2.0, chip.height() / 2.0);
    Theme::paintIcon(painter, verdictKey(verdict),
                     QRectF(chip.x() + m.side, chip.y() + (chip.height() - m.icon) / 2.0, m.icon, m.icon),
                     ink);
    painter.setPen(ink);
    painter.setFont(m.font);
    painter.drawText(chip.adjusted(m.side + m.icon + m.gap, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
                     verdictWord(verdict));
    painter.restore();
    return chip;
}

VerdictChip::VerdictChip(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setVerdict(m_verdict);
}

void VerdictChip::setVerdict(clauses::Verdict verdict)
{
    m_verdict = verdict;
    setAccessibleName(verdictWord(verdict));
    updateGeometry();
    update();
}

QSize VerdictChip::sizeHint() const
{
    return chipSize(m_verdict);
}

void VerdictChip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintChip(painter, rect(), m_verdict);
}

}
