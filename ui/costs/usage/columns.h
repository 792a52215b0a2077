#pragma once

#include "core/usage/reader.h"

#include <QStringList>
#include <vector>

namespace leeway::ui {

/// A field of Leeway's usage format that a person may map a column to.
struct UsageField
{
    const char* key = "";   // "input_tokens"
    const char* label = ""; // to be translated in context "UsageField"
    const char* tip = "";
    bool fixable = false; // one value for the whole file makes sense
};
const std::vector<UsageField>& usageFields();

/// The columns that hold what by their names, as vendors' exports call them: where a person starts from.
usage::Mapping guessMapping(const std::vector<std::string>& columns);

/// Whether a person must say what the columns hold: the format is not recognised, or lacks the model.
bool needsMapping(const usage::Preview& table);

/// What is missing for an import, in words; empty when nothing is.
QString mappingComplaint(const usage::Mapping& mapping);

}
