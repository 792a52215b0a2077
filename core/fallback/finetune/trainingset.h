#pragma once

#include "core/base/result.h"
#include "core/fallback/suite.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::fallback {

/// A question with an answer that a person approved.
struct Approved
{
    std::vector<Message> messages; // without the answer
    std::string answer;
    std::string conversation; // what belongs together; empty: stands alone
    int line = 0;

    bool operator==(const Approved&) const = default;
};

/// What was read from a log of answers.
struct ApprovedLog
{
    std::vector<Approved> examples;
    std::int64_t not_approved = 0; // left aside
    std::int64_t incomplete = 0;   // without question or answer, or no JSON

    bool operator==(const ApprovedLog&) const = default;
};

/// Reads JSON Lines with `messages` (or `prompt`), `answer`, `approved` and, where turns belong together,
/// `conversation`. Only lines with "approved": true count: a person has to have said so. Empty when there is
/// none.
base::Result<ApprovedLog> parse_approved(const std::string& name, std::string_view bytes);
base::Result<ApprovedLog> load_approved(const std::filesystem::path& path);

struct TrainingOptions
{
    double held_out_percent = 10; // of the conversations; those that share an exchange are one
    std::uint64_t seed = 1;
    bool mask = true;
    std::vector<std::string> names; // to be masked
};

/// Two files of chat messages, one conversation's example a line: {"messages":[{"role","content"},…]}.
struct TrainingSet
{
    std::string train;
    std::string held_out;
    std::int64_t train_examples = 0;
    std::int64_t held_out_examples = 0;
    std::int64_t duplicates = 0;       // left out: the same question and answer, blanks and case aside
    std::map<std::string, int> masked; // different values by kind

    /// For the audit trail: "812 examples to learn from, 90 held out, 41 duplicates left out, 17 e-mail …".
    [[nodiscard]] std::string summary() const;
};

/// Which side a conversation falls on hangs on its name and the seed alone, so that all its turns are on one
/// side and further logs do not move it. A duplicate counts where it stands first, and its conversation's
/// other turns go to that side too. Invalid when the share leaves one side empty.
base::Result<TrainingSet> training_set(const ApprovedLog& log, const TrainingOptions& options);

}
