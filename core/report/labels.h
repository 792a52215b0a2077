#pragma once

#include "core/base/result.h"
#include "core/project/values.h"

#include <filesystem>
#include <string>
#include <vector>

// What a project's reviewers decided, as labelled texts that an engine can learn from.
namespace leeway::report {

/// The text of one version, and what is known of it: {"document", "labels": [{"check", "verdict", "evidence":
/// [verbatim passages], "why", "by"?}]}.
struct LabelFile
{
    std::string name; // of both files, without ending: safe on every file system and unlike all others
    std::string text;
    std::string json;
};

struct Labels
{
    std::vector<LabelFile> files;
    int decided = 0;
    int found = 0;        // labels "by": "engine", which are not learned from
    int text_changed = 0; // decisions left out: what they rest on is no longer in the newest version
    int unread = 0;       // decisions left out: the text is in a language that the checks do not read
};

/// Decisions are those on the newest version of each contract; versions on which nothing is known are left
/// out. With `findings` also what the engine found, in every version, where nothing is decided.
Labels labels_of(const project::Snapshot& snapshot, bool findings);

/// Writes docs/<name>.txt and labels/<name>.json. Errors: Invalid when there are no labels, or `folder` is
/// there and holds something; Io.
base::Status write_labels(const Labels& labels, const std::filesystem::path& folder);

}
