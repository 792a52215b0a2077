#pragma once

#include <QFrame>

class QLabel;
class QVBoxLayout;

namespace leeway::ui {

/// Errors and good news above the page. Errors stay until they are closed; good news leaves with the next
/// message or after a while. At most three at a time; the same text is shown once.
class MessageBar : public QWidget
{
    Q_OBJECT

public:
    enum class Kind { Good, Note, Bad };

    explicit MessageBar(QWidget* parent = nullptr);
    void show(Kind kind, const QString& text);
    void clear();
    [[nodiscard]] QStringList texts() const; // newest last

private:
    void remove(QFrame* message);
    void add(Kind kind, const QString& text);

    QVBoxLayout* m_layout;
    QList<QFrame*> m_messages;
};

}
