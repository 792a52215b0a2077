#include "core/fallback/endpoints/serverfacts.h"

#include "core/base/text.h"
#include "core/fallback/endpoints/listener.h"
#include "core/fallback/endpoints/protocol.h"
#include "core/fallback/jsonfind.h"

namespace leeway::fallback {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t longest_name = 80;

ordered_json object_in(std::string_view body)
{
    auto json = parse_ordered_json(body);
    return json && json->is_object() ? std::move(*json) : ordered_json::object();
}

std::optional<int> small(std::optional<std::int64_t> count)
{
    constexpr std::int64_t most = 1'000'000'000;
    return count && *count <= most ? std::optional(static_cast<int>(*count)) : std::nullopt;
}

}

void read_props(std::string_view body, Health& health)
{
    const ordered_json props = object_in(body);
    health.server = base::shortened(text_of(props, "build_info"), longest_name);
    health.slots = small(count_of(props, "total_slots"));
    health.context = small(count_of(object_of(props, "default_generation_settings"), "n_ctx"));
    const std::string path = text_of(props, "model_path");
    if (health.models.size() == 1 && health.models.front().quantisation.empty())
        health.models.front().quantisation = quantisation_in(path.substr(path.find_last_of("/\\") + 1));
}

void read_version(std::string_view body, Health& health)
{
    const std::string version = text_of(object_in(body), "version");
    if (!version.empty())
        health.server = base::shortened("ollama " + version, longest_name);
}

void read_show(std::string_view body, ModelInfo& model)
{
    const ordered_json show = object_in(body);
    for (const auto& [name, value] : object_of(show, "model_info").items()) {
        if (name.ends_with(".context_length") && value.is_number_integer())
            model.context = value.get<std::int64_t>();
    }
}

bool is_llama_cpp(std::string_view models_body)
{
    const ordered_json json = object_in(models_body);
    for (const ordered_json& entry : array_of(json, "data")) {
        if (entry.is_object() && text_of(entry, "owned_by") == "llamacpp")
            return true;
    }
    return false;
}

}
