#include "gui.h"

#include <QtTest/QtTest>
