#pragma once

#include "core/usage/reader.h"
#include "core/usage/replay.h"

#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::usage {

/// One line of JSON for one usage line, without a line end:
/// {"line":1,"model":"…","cost":"0.0012508","currency":"USD","components":{"input":"…",…},"notes":[…]}.
/// Amounts are exact decimals. Not priced: "cost":null and "why". `from` and `to` as in replay(). For a whole
/// log replay_each() is faster: it looks each model up only once.
std::string each_line(const pricing::Usage& usage, const pricing::Sheet& sheet, const std::string& from = {},
                      const std::string& to = {});
std::string each_line(const pricing::Usage& usage, const pricing::Cost& cost, std::string_view currency);
/// The same for a line that could not be read: "model":null, "cost":null and "why".
std::string each_line(const BadLine& line, std::string_view currency);

struct EachOptions
{
    std::string from; // as in replay()
    std::string to;
    const Mapping* mapping = nullptr;
    base::Progress progress;
};
/// Prices every line of the files in input order and hands its JSON to `print`. Bad lines are printed too. A
/// request_id that was seen before is priced with a note, as it does not count in totals. With several files
/// each line also has "file". `bad_lines` gets the number of bad lines.
base::Status replay_each(const std::vector<std::filesystem::path>& files, const pricing::Sheet& sheet,
                         const EachOptions& options, const std::function<void(const std::string&)>& print,
                         std::int64_t* bad_lines = nullptr);

/// The totals: {"totals":[{"currency","cost","requests","unpriced"}],"months":[{"month","vendor","model",
/// "requests","input_tokens","output_tokens","cost"}],"unpriced":[{"model","requests"}],
/// "bad_lines":{"count","examples":[{"file","line","reason"}]},"notes":[…]}. A month of a model of which
/// nothing is priced has "cost":null. With `repriced`, a replay of the same cube at another model, totals and
/// months also have "repriced" and "difference".
nlohmann::ordered_json to_json(const Replay& today, const Cube& cube, const Replay* repriced = nullptr);

}
