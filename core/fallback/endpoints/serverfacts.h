#pragma once

#include "core/fallback/endpoints/probe.h"

#include <string_view>

namespace leeway::fallback {

// What further routes say about a server and its model. Bodies that are something else change nothing.

/// GET /props of llama.cpp: build, slots, context, the model's file.
void read_props(std::string_view body, Health& health);
/// GET /api/version of Ollama.
void read_version(std::string_view body, Health& health);
/// POST /api/show of Ollama: the context that the model was made for.
void read_show(std::string_view body, ModelInfo& model);

/// The server's own word for itself in its list of models; "llamacpp" for llama.cpp.
bool is_llama_cpp(std::string_view models_body);

}
