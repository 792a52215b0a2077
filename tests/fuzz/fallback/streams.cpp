// What a server sends. The first byte says which kind of server it is and the second in what pieces it comes:
// the same is heard as in one piece. Whatever else reads a server's bytes reads them too.

#include "core/fallback/endpoints/overflow.h"
#include "core/fallback/endpoints/protocol.h"
#include "core/fallback/endpoints/serverfacts.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

using namespace leeway::fallback;

namespace {

constexpr std::size_t most = 1 << 16;

Heard heard(EndpointKind kind, std::string_view type, std::string_view bytes, std::size_t piece)
{
    const auto listener = protocol_of(kind).listener(type, most);
    for (std::size_t at = 0; at < bytes.size(); at += piece)
        listener->take(bytes.substr(at, piece));
    listener->finish();
    return listener->heard();
}

bool same(const Heard& a, const Heard& b)
{
    return a.answer.text == b.answer.text && a.answer.calls == b.answer.calls &&
           a.answer.finish_reason == b.answer.finish_reason && a.tokens == b.tokens && a.begun == b.begun &&
           a.ended == b.ended && a.trouble == b.trouble && a.code == b.code &&
           a.answer.log_probabilities == b.answer.log_probabilities;
}

}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size < 2)
        return 0;
    const auto kind = static_cast<EndpointKind>(data[0] % 3);
    const std::string_view type = data[0] % 2 == 0 ? "text/event-stream" : "application/json";
    const std::size_t piece = 1 + data[1] % 64;
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 2, size - 2);
    const Heard whole = heard(kind, type, bytes, std::max<std::size_t>(1, bytes.size()));
    if (!same(whole, heard(kind, type, bytes, piece)))
        std::abort();
    if (whole.trouble == Trouble::None && !whole.ended)
        std::abort();
    if (!whole.answer.text.empty() && !whole.begun)
        std::abort();

    Health health;
    if (const auto models = protocol_of(kind).models_in(bytes))
        health.models = *models;
    read_props(bytes, health);
    read_version(bytes, health);
    ModelInfo model;
    read_show(bytes, model);
    is_llama_cpp(bytes);
    if (refusal_from(bytes).code.size() > 60)
        std::abort();
    return 0;
}
