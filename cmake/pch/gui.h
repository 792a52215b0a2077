#include "std.h"

#include <QtCore/QtCore>
#include <QtGui/QtGui>
