#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

namespace leeway::usage {

/// Unpacks a stream piece by piece.
class Unpacker
{
public:
    struct Step
    {
        std::size_t taken = 0; // packed bytes
        std::size_t given = 0;
        bool damaged = false;
    };

    virtual ~Unpacker() = default;
    virtual Step unpack(std::string_view packed, char* target, std::size_t size) = 0;
    /// Whether what was taken ends where a stream ends.
    [[nodiscard]] virtual bool complete() const = 0;
};

/// For data that begins so: gzip or zstd, several streams in a row too; null for anything else. A zstd stream
/// may ask for a window of up to 64 MB.
std::unique_ptr<Unpacker> unpacker_for(std::string_view head);

}
