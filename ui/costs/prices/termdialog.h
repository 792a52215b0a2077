#pragma once

#include "ui/costs/prices/terms.h"

#include <QDialog>
#include <functional>

class QLabel;
class QPushButton;

namespace leeway::ui {

/// The form of one term of an agreement. Can be accepted once `check` finds no fault with its values.
class TermDialog : public QDialog
{
    Q_OBJECT

public:
    using Check = std::function<base::Status(const TermValues&)>;
    TermDialog(TermKind kind, const TermValues& values, Check check, QWidget* parent = nullptr);

    [[nodiscard]] TermValues values() const;
    void setValue(const QString& key, const QString& value);

private:
    void refresh();

    QMap<QString, QWidget*> m_fields;
    Check m_check;
    QLabel* m_problem;
    QPushButton* m_use = nullptr;
};

}
