#pragma once

#include "core/usage/cube.h"

#include <QDialog>

namespace leeway::ui {

/// The lines of the usage that could not be read, with the reason of the first ones.
class BadLinesDialog : public QDialog
{
    Q_OBJECT

public:
    explicit BadLinesDialog(const usage::Cube& cube, QWidget* parent = nullptr);
};

}
