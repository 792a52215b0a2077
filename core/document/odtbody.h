#pragma once

#include "core/document/odtstyles.h"
#include "core/document/officeparagraph.h"

namespace leeway::document::odt {

/// What content.xml gives.
struct Story
{
    Styles styles;

    std::vector<RawBlock> blocks = {};
    std::uint32_t inserted = 0;
    std::uint32_t deleted = 0;
    std::uint32_t hidden = 0;
    bool has_headings = false;
};

/// Reads content.xml (or styles.xml, for its styles alone), as the text stands when all tracked changes are
/// accepted.
base::Status read_content(const std::string& xml, Story& story);

}
