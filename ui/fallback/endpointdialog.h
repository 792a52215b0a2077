#pragma once

#include "core/fallback/endpoints/endpoint.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace leeway::ui {

/// Describes an endpoint: address, how it is spoken to, model, key. A key that is kept already is never
/// shown.
class EndpointDialog : public QDialog
{
    Q_OBJECT

public:
    /// `known`: to be changed; without an address: a new one.
    explicit EndpointDialog(const fallback::Endpoint& known, QWidget* parent = nullptr);
    [[nodiscard]] fallback::Endpoint endpoint() const;
    /// Empty: the one that is kept stays.
    [[nodiscard]] QString key() const;

private:
    void check();

    fallback::Endpoint m_known;
    QLineEdit* m_url;
    QComboBox* m_kind;
    QLineEdit* m_model;
    QLineEdit* m_name;
    QLineEdit* m_key;
    QSpinBox* m_context;
    QLabel* m_complaint;
    QPushButton* m_accept = nullptr;
    bool m_kindChosen = false; // else it follows the address
};

}
