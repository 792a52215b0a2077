#pragma once

#include "core/base/json.h"
#include "core/clauses/regulation/regulation.h"

namespace leeway::clauses {

/// Parts of parse_regulation(); `file` is validated, and the regulation's lexicon is there.
base::Status read_questions(const base::JsonFile& file, Regulation& regulation);
base::Status read_requirements(const base::JsonFile& file, Regulation& regulation);

}
