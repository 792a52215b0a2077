#pragma once

#include <QEvent>
#include <QVBoxLayout>
#include <QWidget>

namespace leeway::ui {

/// A column of widgets whose height depends on its width and that works it out itself, when its own content
/// or width changes. Around it nothing has to be laid out anew each time some other text of the page changes.
class SettledBox : public QWidget
{
public:
    explicit SettledBox(QWidget* parent = nullptr) : QWidget(parent), m_column(new QVBoxLayout(this))
    {
        m_column->setContentsMargins(0, 0, 0, 0);
    }
    [[nodiscard]] QVBoxLayout* column() const { return m_column; }
    [[nodiscard]] bool hasHeightForWidth() const override { return false; }

protected:
    bool event(QEvent* event) override
    {
        const bool handled = QWidget::event(event);
        if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Resize)
            settle();
        return handled;
    }

private:
    void settle()
    {
        const int wanted =
            m_column->hasHeightForWidth() ? m_column->totalHeightForWidth(width()) : sizeHint().height();
        if (wanted != minimumHeight() || wanted != maximumHeight())
            setFixedHeight(wanted);
    }

    QVBoxLayout* m_column;
};

}
