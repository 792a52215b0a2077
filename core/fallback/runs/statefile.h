#pragma once

#include "core/base/result.h"
#include "core/fallback/runs/run.h"

#include <filesystem>
#include <memory>
#include <optional>

namespace leeway::fallback {

/// A run on disk while it goes on, one JSON object a line: the head, then each result as it comes. A run that
/// was killed loses nothing but a line that was not whole.
class StateFile
{
public:
    /// Opens or makes the file. Invalid when it is not such a file.
    static base::Result<StateFile> open(const std::filesystem::path& path);
    StateFile(StateFile&&) noexcept;
    StateFile& operator=(StateFile&&) noexcept;
    ~StateFile();

    /// What the file held when it was opened; nothing for a new one.
    [[nodiscard]] const std::optional<Run>& earlier() const;
    /// Appends a result, after the head when the file is empty, and hands it to the system.
    base::Status append(const Run& so_far, const CaseResult& result);

private:
    struct Open;
    explicit StateFile(std::unique_ptr<Open> open);
    std::unique_ptr<Open> m_open;
};

}
