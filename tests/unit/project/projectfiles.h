#pragma once

#include "fixtures.h"

#include <SQLiteCpp/Database.h>

namespace fixtures {

/// The database of a project file, past Leeway.
inline SQLite::Database raw(const std::filesystem::path& file)
{
    return {file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE};
}

inline void make_project(const std::filesystem::path& file, int contracts = 1)
{
    auto project = project::Project::create(file, "CRM assistant");
    VERIFY_RESULT(project);
    for (int i = 0; i < contracts; ++i) {
        const std::string text = first_text + std::to_string(i);
        const auto document = document_of("agreement.txt", text);
        VERIFY_RESULT(project->add_contract("Contract", "Aurora AI", document, text, review_of(document)));
    }
}

}
