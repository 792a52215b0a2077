#include "core/pricing/litellmkey.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace leeway::pricing {
namespace {

struct Base
{
    std::string_view name;
    Component component;
    int per = 1;
    int rank = 0;
};

using enum Component;

// Longer names before those they begin with.
constexpr std::array bases{
    Base{"input_cost_per_token_cache_hit", CacheRead, 1, 1},
    Base{"input_cost_per_token", Input},
    Base{"output_cost_per_token", Output},
    Base{"cache_read_input_token_cost", CacheRead},
    Base{"cache_creation_input_token_cost", CacheWrite5m},
    Base{"cache_read_input_audio_token_cost", CacheReadAudio},
    Base{"cache_read_input_image_token_cost", CacheReadImage},
    Base{"cache_creation_input_audio_token_cost", CacheWriteAudio},
    Base{"output_cost_per_reasoning_token", Reasoning},
    Base{"input_cost_per_audio_token", AudioInput},
    Base{"output_cost_per_audio_token", AudioOutput},
    Base{"input_cost_per_image_token", ImageInput},
    Base{"output_cost_per_image_token", ImageOutput},
    Base{"input_cost_per_video_token", VideoInput},
    Base{"output_cost_per_video_token", VideoOutput},
    Base{"input_cost_per_image", ImageRead},
    Base{"output_cost_per_image", Image},
    Base{"input_cost_per_pixel", PixelRead},
    Base{"output_cost_per_pixel", PixelMade},
    Base{"input_cost_per_audio_per_second", AudioSecond, 1, 1},
    Base{"input_cost_per_video_per_second", VideoSecond},
    Base{"output_cost_per_video_per_second", VideoSecondMade},
    Base{"input_cost_per_second", AudioSecond},
    Base{"output_cost_per_second", AudioSecond, 1, 2},
    Base{"input_cost_per_character", Character},
    Base{"output_cost_per_character", CharacterMade},
    Base{"input_cost_per_request", Request},
    Base{"input_cost_per_query", Request, 1, 1},
    Base{"ocr_cost_per_page", Page},
    Base{"annotation_cost_per_page", AnnotatedPage},
    Base{"citation_cost_per_token", Citation},
    Base{"google_maps_grounding_cost_per_query", MapSearch},
    Base{"code_interpreter_cost_per_session", CodeSession},
    Base{"file_search_cost_per_1k_calls", FileSearch, 1000},
};

// Takes "_above_<number><unit>" off the front; -1 when it is not there.
std::int64_t take_above(std::string_view& text, std::string_view unit)
{
    constexpr std::string_view above = "_above_";
    if (!text.starts_with(above))
        return -1;
    const std::string_view rest = text.substr(above.size());
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
    if (error != std::errc{} || number <= 0 || number > 1'000'000'000)
        return -1;
    const std::string_view after = rest.substr(static_cast<std::size_t>(end - rest.data()));
    if (!after.starts_with(unit))
        return -1;
    text = after.substr(unit.size());
    return number;
}

bool take_write_life(std::string_view& text, Component& component)
{
    const std::int64_t hours = take_above(text, "hr");
    if (hours < 0)
        return true;
    if (component != CacheWrite5m || (hours != 1 && hours != 12))
        return false;
    component = hours == 1 ? CacheWrite1h : CacheWrite12h;
    return true;
}

struct Reason
{
    std::string_view begin; // of the field's name
    std::string_view reason;
};
constexpr std::array reasons{
    Reason{"supports_", "says what the model can do, not what it costs"},
    Reason{"supported_", "says what the model can do, not what it costs"},
    Reason{"provider_specific_entry", "holds no factor on the price that is known"},
    Reason{"web_search_billing_unit", "searches are counted as the usage log counts them"},
    Reason{"explicit_cache_read_input_token_cost", "logs do not tell explicit from implicit cache reads"},
    Reason{"input_dbu_cost_per_token", "is in Databricks units, not in money"},
    Reason{"output_dbu_cost_per_token", "is in Databricks units, not in money"},
    Reason{"cost_per_second", "is the price of reserved capacity, not of usage"},
    Reason{"guardrail_cost_per_unit", "policy units are not counted in usage logs"},
    Reason{"input_cost_per_text_message", "messages are not counted in usage logs"},
    Reason{"ocr_cost_per_credit", "is a price for credits, not for pages"},
    Reason{"input_cost_per_video_per_second_above_", "prices by the length of a video are not read"},
    Reason{"output_cost_per_image", "prices by the size of an image are not read"},
    Reason{"input_cost_per_image", "prices by the size of an image are not read"},
    Reason{"output_cost_per_second_", "prices by the size of a video are not read"},
    Reason{"output_cost_per_video_per_second_", "prices by the size of a video are not read"},
    Reason{"vector_store_", "storage is not counted in usage logs"},
    Reason{"file_search_cost_per_gb_per_day", "storage is not counted in usage logs"},
    Reason{"computer_use_", "is not counted in usage logs"},
    Reason{"rpm", "is a rate limit"},
    Reason{"tpm", "is a rate limit"},
    Reason{"max_tokens", "max_output_tokens says the same"},
    Reason{"max_", "is a limit that does not change the price"},
    Reason{"token_count_", "says how tokens are counted, not what they cost"},
    Reason{"reasoning_", "says what the model can do, not what it costs"},
    Reason{"default_reasoning_effort", "says what the model can do, not what it costs"},
    Reason{"thinking_always_on", "says what the model can do, not what it costs"},
    Reason{"bedrock_", "says how to call the model, not what it costs"},
    Reason{"gemini_", "says how to call the model, not what it costs"},
    Reason{"vertex_ai_", "says how to call the model, not what it costs"},
    Reason{"use_", "says how to call the model, not what it costs"},
    Reason{"uses_", "says how to call the model, not what it costs"},
    Reason{"audio_transcription_config", "says how to call the model, not what it costs"},
    Reason{"output_vector_size", "says what the model can do, not what it costs"},
    Reason{"tool_use_system_prompt_tokens", "logs count these tokens as input already"},
    Reason{"metadata", "is a remark"},
    Reason{"comment", "is a remark"},
};

}

std::optional<LiteLlmKey> parse_litellm_key(std::string_view name, std::string_view mode)
{
    const auto base = std::ranges::find_if(bases, [&](const Base& b) {
        return name.starts_with(b.name) && (name.size() == b.name.size() || name[b.name.size()] == '_');
    });
    if (base == bases.end())
        return std::nullopt;
    LiteLlmKey key{base->component, "standard", 0, base->per, base->rank};
    std::string_view rest = name.substr(base->name.size());
    if (!take_write_life(rest, key.component))
        return std::nullopt;
    if (const std::int64_t thousands = take_above(rest, "k_tokens"); thousands > 0)
        key.above_tokens = thousands * 1000;
    if (!rest.empty()) {
        rest.remove_prefix(1);
        const bool one_word = std::ranges::all_of(rest, [](char c) { return c >= 'a' && c <= 'z'; });
        if (rest.empty() || !one_word)
            return std::nullopt;
        key.tier = canonical_tier(rest);
    }
    if (base->name == "output_cost_per_second" && mode == "video_generation") {
        key.component = VideoSecondMade;
        key.rank = 1;
    }
    return key;
}

std::string_view reason_to_ignore(std::string_view name)
{
    const auto found =
        std::ranges::find_if(reasons, [&](const Reason& r) { return name.starts_with(r.begin); });
    return found == reasons.end() ? std::string_view("is not a field that Leeway knows") : found->reason;
}

}
