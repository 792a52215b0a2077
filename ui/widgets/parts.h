#pragma once

#include <QFrame>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

namespace leeway::ui {

/// A white box with a heading: what Overview and Costs are made of. Add content to body().
class Card : public QFrame
{
    Q_OBJECT

public:
    explicit Card(const QString& title = {}, QWidget* parent = nullptr);
    [[nodiscard]] QVBoxLayout* body() const { return m_body; }
    void setTitle(const QString& title);

private:
    QLabel* m_title;
    QVBoxLayout* m_body;
};

/// A label in a role of the style file: "heading", "muted", "small", "group", "figure", "title".
QLabel* label(const QString& text, const char* role = nullptr);
/// As above, breaking lines.
QLabel* paragraph(const QString& text, const char* role = nullptr);
QFrame* horizontalRule();
QPushButton* linkButton(const QString& text);
QToolButton* iconButton(const QString& icon, const QString& name); // `name`: tool tip and accessible name

/// What an empty page shows: a card in the middle that says what to do next, with the button for it.
QWidget* emptyDesk(const QString& title, const QString& text, QPushButton* button);

/// A thin bar that fills from the left.
class ShareBar : public QWidget
{
    Q_OBJECT

public:
    explicit ShareBar(QWidget* parent = nullptr);
    void setShare(double share, const QString& color); // 0…1, colour of the palette
    [[nodiscard]] double share() const { return m_share; }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    double m_share = 0;
    QString m_color = QStringLiteral("accent");
};

/// One line that ends in “…” when it lacks room; the whole text is its tool tip then.
class ElidedLabel : public QLabel
{
    Q_OBJECT

public:
    explicit ElidedLabel(const QString& text = {}, Qt::TextElideMode mode = Qt::ElideRight,
                         QWidget* parent = nullptr);
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Qt::TextElideMode m_mode;
};

/// Takes all widgets and spacers out of a layout; the widgets are deleted later.
void clearLayout(QLayout* layout);

/// A vertical scroll area without a frame, around a content that is as wide as itself.
QScrollArea* scrolled(QWidget* content);

/// The panel on the left of a page, with a line on its right: what is set there, scrolling where it lacks
/// room.
class SidePanel : public QFrame
{
    Q_OBJECT

public:
    explicit SidePanel(QWidget* parent = nullptr);
    [[nodiscard]] QVBoxLayout* body() const { return m_body; }

private:
    QVBoxLayout* m_body;
};

/// A vertical scroll area whose content is as wide as itself.
class PageScroll : public QScrollArea
{
    Q_OBJECT

public:
    explicit PageScroll(QWidget* parent = nullptr);
    [[nodiscard]] QVBoxLayout* body() const { return m_body; } // 16 px apart, 24 px from the border

private:
    QVBoxLayout* m_body;
};

}
