#include "core/usage/formats/format.h"
#include "core/usage/formats/tokens.h"

#include "core/base/text.h"

#include <string>

// Helicone's export of requests. Cache reads and writes stand beside prompt_tokens; where total_tokens is
// just prompt + completion, they are inside.

namespace leeway::usage {
namespace {

void read(Record& record, RowSink& sink)
{
    RowBuilder& row = sink.begin();
    Tokens tokens;
    const std::int64_t prompt = record.count({"prompt_tokens"}, row);
    tokens.output = record.count({"completion_tokens"}, row);
    tokens.cache_read = record.count({"prompt_cache_read_tokens"}, row);
    tokens.cache_write_5m = record.count({"prompt_cache_write_tokens"}, row);
    tokens.audio = record.count({"prompt_audio_tokens"}, row);
    tokens.audio_output = record.count({"completion_audio_tokens"}, row);
    const bool inside = record.has({"total_tokens"}) &&
                        record.count({"total_tokens"}, row) == prompt + tokens.output &&
                        tokens.cache_read + tokens.cache_write_5m <= prompt;
    tokens.input = inside ? prompt : prompt + tokens.cache_read + tokens.cache_write_5m;
    const std::string cached = base::lowered(record.text({"cache_enabled_hit", "cache_hit"}));
    if (cached == "true" || !record.text({"cache_reference_id"}).empty())
        return sink.pass_over("answers from the gateway's own cache");
    if (tokens.none())
        return sink.pass_over("failed requests");
    row.set(*field_index("time"), record.text({"request_created_at", "response_created_at"}));
    row.set(*field_index("vendor"), base::lowered(record.text({"provider"})));
    row.set(*field_index("model"), record.text({"model", "response_model", "request_model"}));
    row.set(*field_index("request_id"), record.text({"request_id", "response_id"}));
    put(tokens, row);
    sink.end();
}

}

const Format helicone{"helicone",
                      "Helicone export",
                      [](const Shape& shape) {
                          return shape.has_all(
                                     {"request_created_at", "prompt_tokens", "completion_tokens"}) &&
                                 shape.has_any({"response_id", "request_id"});
                      },
                      read,
                      "request_created_at",
                      "model",
                      "prompt_tokens",
                      "completion_tokens"};

}
