#pragma once

#include "core/base/result.h"
#include "core/fallback/runs/run.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace leeway::fallback {

/// A run on disk while it goes on, one JSON object a line: the head, then each result as it comes, and at the
/// end the head again. The last head and the last result of a repetition count. A run that was killed loses
/// nothing but a line that was not whole.
class StateFile
{
public:
    /// The run in a file that is only looked at; nothing for an empty one. Unreadable when it is not such a
    /// file.
    static base::Result<std::optional<Run>> read(const std::filesystem::path& path);
    /// Opens or makes the file to be written, by one writer at a time: Locked for a second. Unreadable when
    /// it is not such a file.
    static base::Result<StateFile> open(const std::filesystem::path& path);
    StateFile(StateFile&&) noexcept;
    StateFile& operator=(StateFile&&) noexcept;
    ~StateFile();

    /// What the file held when it was opened; nothing for a new one.
    [[nodiscard]] const std::optional<Run>& earlier() const;
    /// Appends a result, after the head when the file is empty, and hands it to the system.
    base::Status append(const Run& so_far, const CaseResult& result);
    /// Appends the head of the run as it is at its end.
    base::Status end(const Run& run);

private:
    base::Status write(const std::string& lines);
    struct Open;
    explicit StateFile(std::unique_ptr<Open> open);
    std::unique_ptr<Open> m_open;
};

}
