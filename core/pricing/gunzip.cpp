#include "core/pricing/gunzip.h"

#include <array>
#include <fmt/format.h>
#include <limits>
#include <zlib.h>

namespace leeway::pricing {
namespace {

class Inflater
{
public:
    Inflater() { m_ready = inflateInit2(&stream, 15 + 16) == Z_OK; }
    ~Inflater()
    {
        if (m_ready)
            inflateEnd(&stream);
    }
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;
    [[nodiscard]] bool ready() const { return m_ready; }

    z_stream stream{};

private:
    bool m_ready = false;
};

}

base::Result<std::string> gunzip(const std::string& name, std::string_view bytes, std::size_t limit)
{
    const auto damaged = [&] {
        return base::fail(base::ErrorCode::Unreadable,
                          fmt::format("{}: the gzip data is damaged or cut off; fetch the file again", name));
    };
    Inflater inflater;
    if (!inflater.ready() || bytes.size() > std::numeric_limits<uInt>::max())
        return damaged();
    std::string input(bytes);
    std::string output;
    std::array<char, std::size_t{1} << 16> chunk{};
    z_stream& stream = inflater.stream;
    stream.next_in = reinterpret_cast<Bytef*>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    while (true) {
        stream.next_out = reinterpret_cast<Bytef*>(chunk.data());
        stream.avail_out = static_cast<uInt>(chunk.size());
        const int state = inflate(&stream, Z_NO_FLUSH);
        if (state != Z_OK && state != Z_STREAM_END)
            return damaged();
        output.append(chunk.data(), chunk.size() - stream.avail_out);
        if (output.size() > limit)
            return base::fail(base::ErrorCode::TooLarge,
                              fmt::format("{}: unpacks to more than {} MB", name, limit >> 20));
        if (state == Z_STREAM_END) {
            if (stream.avail_in == 0)
                return output;
            if (inflateReset(&stream) != Z_OK) // a further member of the same file
                return damaged();
        } else if (stream.avail_in == 0 && stream.avail_out != 0) {
            return damaged();
        }
    }
}

}
