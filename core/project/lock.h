#pragma once

#include "core/base/result.h"

#include <filesystem>

namespace leeway::project {

/// The right to write to a project file, held against every other process and window for as long as the
/// object lives. It is an operating-system lock on "<file>.lock", so that a crash leaves nothing behind that
/// blocks; the lock file is removed at the end.
class WriterLock
{
public:
    /// Locked when somebody else holds it; Io when the folder cannot be written to.
    static base::Result<WriterLock> acquire(const std::filesystem::path& file);

    WriterLock(WriterLock&& other) noexcept;
    WriterLock& operator=(WriterLock&& other) noexcept;
    ~WriterLock();

private:
    WriterLock(std::filesystem::path path, int descriptor);
    std::filesystem::path m_path;
    int m_descriptor = -1;
};

}
