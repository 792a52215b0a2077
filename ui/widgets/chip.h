#pragma once

#include "core/clauses/pack.h"

#include <QWidget>

namespace leeway::ui {

/// Paints a verdict as word, icon and colour; returns the rectangle it used, left-aligned and vertically
/// centred in `rect`.
QRect paintChip(QPainter& painter, const QRect& rect, clauses::Verdict verdict);
QSize chipSize(clauses::Verdict verdict);
/// The width of the widest verdict, for columns.
int chipColumnWidth();

class VerdictChip : public QWidget
{
    Q_OBJECT

public:
    explicit VerdictChip(QWidget* parent = nullptr);
    void setVerdict(clauses::Verdict verdict);
    [[nodiscard]] clauses::Verdict verdict() const { return m_verdict; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    clauses::Verdict m_verdict = clauses::Verdict::Missing;
};

}
