#pragma once

#include <QFont>
#include <QString>
#include <QWidget>

class QPainter;

namespace leeway::ui {

/// Text whose digits are all equally wide, so that columns of numbers line up in any font.
int figuresWidth(const QFont& font, const QString& text);
/// Draws `text` on one line, aligned as `alignment` says (left, right or centred; vertically centred).
void drawFigures(QPainter& painter, const QRect& rect, Qt::Alignment alignment, const QString& text);

/// A label for a number that changes or stands in a column.
class FigureLabel : public QWidget
{
    Q_OBJECT

public:
    explicit FigureLabel(double px = 13, QFont::Weight weight = QFont::Normal, QWidget* parent = nullptr);
    void setText(const QString& text);
    [[nodiscard]] QString text() const { return m_text; }
    void setAlignment(Qt::Alignment alignment) { m_alignment = alignment; }
    void setColor(const QString& name); // of the palette
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QFont m_font;
    QString m_text;
    QString m_color = QStringLiteral("ink");
    Qt::Alignment m_alignment = Qt::AlignLeft;
};

}
