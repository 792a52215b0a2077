#pragma once

#include <QString>
#include <optional>

namespace leeway::ui {

/// How well `typed` fits `text`, greater is better; none when a letter is missing. All words of `typed` must
/// occur in `text` as subsequences; starts of words and runs of letters count more, long texts less.
std::optional<int> fuzzyScore(const QString& typed, const QString& text);

}
