#pragma once

#include "core/base/result.h"
#include "core/usage/digest.h"

#include <cstdint>
#include <deque>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace leeway::usage {

/// Reads a file line by line, unpacking gzip and zstd on the way; the memory it takes does not grow with the
/// file.
class LineSource
{
public:
    static constexpr std::size_t longest_line = std::size_t{16} << 20;

    static base::Result<LineSource> open(const std::filesystem::path& path);
    ~LineSource();
    LineSource(LineSource&&) noexcept;
    LineSource& operator=(LineSource&&) noexcept;

    struct Line
    {
        std::string_view text; // without its end; valid until the next call; padded for simdjson
        std::int64_t number = 0;
        bool too_long = false; // beyond longest_line: its text is left out
    };
    /// The next line; false at the end and after an error.
    bool next(Line& line);
    /// A line that was kept, to be read again.
    struct Kept
    {
        explicit Kept(const Line& line) : text(line.text), number(line.number), too_long(line.too_long) {}

        std::string text;
        std::int64_t number = 0;
        bool too_long = false;
    };
    /// Gives lines back to be read again, in this order.
    void put_back(std::deque<Kept> lines);

    /// Whole lines in one piece.
    struct Block
    {
        std::string buffer; // text, then padding for simdjson
        std::size_t size = 0;
        std::int64_t first_line = 0;
        bool too_long = false; // one line beyond longest_line: its text is left out

        [[nodiscard]] std::string_view text() const { return {buffer.data(), size}; }
        [[nodiscard]] std::int64_t lines() const; // how many
    };
    /// The next lines, about 64 kB of them; false at the end and after an error.
    bool next_block(Block& block);
    /// Gives the end of a block back, from `offset` on: the beginning of line `number`.
    void put_back(const Block& block, std::size_t offset, std::int64_t number);

    /// Why reading stopped early: a damaged or growing file, a disk error.
    [[nodiscard]] const base::Status& status() const;
    /// Bytes of the file that were read, and its size.
    [[nodiscard]] std::int64_t position() const;
    [[nodiscard]] std::int64_t size() const;
    /// Of all unpacked bytes so far; of the whole content once it is read to its end.
    [[nodiscard]] const Digest& digest() const;

private:
    struct State;
    explicit LineSource(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

}
