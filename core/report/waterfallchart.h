#pragma once

#include "core/report/paper.h"
#include "core/report/prospects.h"

#include <string_view>

namespace leeway::report {

/// From what the first scenario costs, step by step, to what another one does, under a title that says why.
/// Nothing when it is the first itself.
void draw_waterfall(Paper& paper, const Prospects& prospects, std::string_view currency);

/// "Why Transfer costs € 120 k less than Base over the term".
std::string waterfall_title(const Prospects& prospects, std::string_view currency);

}
