#pragma once

#include "core/usage/formats/record.h"
#include "core/usage/formats/tokens.h"

namespace leeway::usage {

/// The parts in a usage object as OpenAI's APIs answer with it, and gateways that follow them: cached, audio
/// and image tokens are inside the input, reasoning and audio inside the output. `input` and `output` stay.
void take_openai_details(const simdjson::dom::element& usage, Tokens& tokens, RowBuilder& row);

}
