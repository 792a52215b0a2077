#pragma once

#include "core/fallback/suite.h"

#include <QWidget>
#include <vector>

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QVBoxLayout;

namespace leeway::ui {

/// The messages of a case: who speaks, and the text, which may hold {{variables}}.
class MessagesEditor : public QWidget
{
    Q_OBJECT

public:
    explicit MessagesEditor(QWidget* parent = nullptr);
    void setMessages(const std::vector<fallback::Message>& messages);
    [[nodiscard]] std::vector<fallback::Message> messages() const;
    void complain(int message, const QString& text);
    void clearComplaints();

Q_SIGNALS:
    void edited();

private:
    struct Row
    {
        QComboBox* role = nullptr;
        QPlainTextEdit* text = nullptr;
        QLabel* complaint = nullptr;
    };
    void addRow(const fallback::Message& message);

    std::vector<Row> m_shown;
    QVBoxLayout* m_rows;
};

}
