#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace leeway::usage {

/// The bytes of a file in order, unpacked when it is gzip or zstd (its first bytes tell); of Parquet, the
/// rows as JSON Lines. The memory it takes
/// does not grow with the file. A file that unpacks to far more than a log would is refused (TooLarge), and
/// so is one that is written to while it is read (Io).
class ByteSource
{
public:
    static base::Result<ByteSource> open(const std::filesystem::path& path);
    ~ByteSource();
    ByteSource(ByteSource&&) noexcept;
    ByteSource& operator=(ByteSource&&) noexcept;

    /// Fills `target`; gives less than `size` only at the end of the file and after an error.
    std::size_t read(char* target, std::size_t size);
    /// Why reading stopped early.
    [[nodiscard]] const base::Status& status() const;
    /// Packed bytes that were read, and those of the whole file (0 when unknown).
    [[nodiscard]] std::int64_t position() const;
    [[nodiscard]] std::int64_t size() const;
    [[nodiscard]] const std::string& name() const; // without folders

private:
    struct State;
    explicit ByteSource(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

}
