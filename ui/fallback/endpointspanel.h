#pragma once

#include "core/fallback/endpoints/endpoint.h"

#include <QWidget>

class QLayout;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace leeway::ui {

class Desk;

/// Which models there are, each with its state.
class EndpointsPanel : public QWidget
{
    Q_OBJECT

public:
    explicit EndpointsPanel(Desk& desk, QWidget* parent = nullptr);

private:
    QWidget* cardOf(int endpoint);
    QLayout* linksOf(int endpoint);
    void showEndpoints();
    void describe(const fallback::Endpoint& known);
    void chooseModel();

    Desk& m_desk;
    QVBoxLayout* m_endpoints = nullptr;
    QPushButton* m_look = nullptr;
    QLineEdit* m_address = nullptr;
};

}
