#pragma once

#include <QWidget>
#include <nlohmann/json.hpp>

class QLabel;
class QTableWidget;

namespace leeway::ui {

/// The variables of a case: names and what is filled in for {{name}}.
class VarsTable : public QWidget
{
    Q_OBJECT

public:
    explicit VarsTable(QWidget* parent = nullptr);
    void setVars(const nlohmann::json& vars);
    /// Rows without a name are left out.
    [[nodiscard]] const nlohmann::json& vars() const { return m_vars; }
    void complain(const QString& text);

Q_SIGNALS:
    void edited();

private:
    void show(const nlohmann::json& vars);
    void read();

    QTableWidget* m_table;
    QLabel* m_complaint;
    nlohmann::json m_vars = nlohmann::json::object();
};

}
