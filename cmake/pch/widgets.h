#include "gui.h"

#include <QtCharts/QtCharts>
#include <QtConcurrent/QtConcurrent>
#include <QtWidgets/QtWidgets>
