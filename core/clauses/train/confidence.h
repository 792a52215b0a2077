#pragma once

#include "core/clauses/train/learnchecks.h"

#include <string>
#include <string_view>
#include <vector>

namespace leeway::clauses::train {

/// How many labelled texts a resolution decided, and how many of them rightly.
struct Led
{
    int texts = 0;
    int right = 0;

    bool operator==(const Led&) const = default;
};

/// For every check of the pack and every resolution of it.
std::vector<std::vector<Led>> resolutions_led(const std::vector<CheckExample>& examples, const Pack& pack);

enum class From {
    PackNumbers, // the labels move the pack's numbers; those of resolutions that decided no text stay
    Nothing      // the labels alone count, with a common share for resolutions that decided few texts
};

/// The confidence of a resolution, to two digits: how often it was right, drawn towards `before` or the
/// common share the more, the fewer texts it decided.
double confidence_of(const Led& led, double before, From from);

struct Calibrated
{
    std::string text;
    int changed = 0;
    int without = 0; // resolutions that name no confidence, and so get none
};

/// The text of the pack's file with new confidences; nothing but these numbers changes. `text` must be what
/// `pack` was parsed from.
Calibrated with_confidences(std::string_view text, const Pack& pack, const std::vector<std::vector<Led>>& led,
                            From from);

}
