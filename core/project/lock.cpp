#include "core/project/lock.h"

#include <cerrno>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace leeway::project {
namespace {

// A holder removes the lock file while it still has the lock, so a lock won on a removed file is worth
// nothing.
bool is_still_at(int descriptor, const std::filesystem::path& path)
{
    struct stat locked
    {
    };
    struct stat named
    {
    };
    return ::fstat(descriptor, &locked) == 0 && ::stat(path.c_str(), &named) == 0 &&
           locked.st_dev == named.st_dev && locked.st_ino == named.st_ino;
}

}

WriterLock::WriterLock(std::filesystem::path path, int descriptor)
    : m_path(std::move(path)),
      m_descriptor(descriptor)
{
}

WriterLock::WriterLock(WriterLock&& other) noexcept
    : m_path(std::move(other.m_path)),
      m_descriptor(std::exchange(other.m_descriptor, -1))
{
}

WriterLock& WriterLock::operator=(WriterLock&& other) noexcept
{
    std::swap(m_path, other.m_path);
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

WriterLock::~WriterLock()
{
    if (m_descriptor < 0)
        return;
    ::unlink(m_path.c_str());
    ::close(m_descriptor);
}

base::Result<WriterLock> WriterLock::acquire(const std::filesystem::path& file)
{
    auto path = file;
    path += ".lock";
    constexpr int attempts = 100;
    for (int i = 0; i < attempts; ++i) {
        const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
        if (descriptor < 0)
            return base::fail(base::ErrorCode::Io,
                              fmt::format("The folder of “{}” cannot be written to.", file.string()));
        WriterLock lock(path, -1);
        if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
            const bool held = errno == EWOULDBLOCK;
            ::close(descriptor);
            if (held)
                return base::fail(base::ErrorCode::Locked,
                                  fmt::format("“{}” is open in another window. Close it there, or open it "
                                              "here for reading only.",
                                              file.string()));
            return base::fail(base::ErrorCode::Io, fmt::format("“{}” cannot be locked.", file.string()));
        }
        if (is_still_at(descriptor, path)) {
            lock.m_descriptor = descriptor;
            return lock;
        }
        ::close(descriptor);
    }
    return base::fail(base::ErrorCode::Locked,
                      fmt::format("“{}” is being opened and closed elsewhere; try again.", file.string()));
}

}
