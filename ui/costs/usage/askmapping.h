#pragma once

#include "core/pricing/sheet.h"
#include "core/usage/reader.h"

#include <QStringList>
#include <functional>
#include <optional>

class QWidget;

namespace leeway::ui {

/// Goes on with `then`; asks first what the columns hold where they must be told. The files of one call have
/// the same columns. Goes on with `fail` when one of them cannot be read, with neither when the person
/// declines.
void askMapping(const QStringList& files, const pricing::Sheet& sheet, QWidget* parent,
                const std::function<void(const QString&)>& fail,
                const std::function<void(const std::optional<usage::Mapping>&)>& then);

}
