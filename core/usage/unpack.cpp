#include "core/usage/unpack.h"

#include <algorithm>
#include <limits>
#include <zlib.h>
#include <zstd.h>

namespace leeway::usage {
namespace {

class Gzip : public Unpacker
{
public:
    Gzip() { m_ready = inflateInit2(&m_stream, 16 + MAX_WBITS) == Z_OK; }
    Gzip(const Gzip&) = delete;
    Gzip& operator=(const Gzip&) = delete;
    ~Gzip() override { inflateEnd(&m_stream); }

    Step unpack(std::string_view packed, char* target, std::size_t size) override
    {
        if (!m_ready)
            return {0, 0, true};
        if (m_complete && packed.empty())
            return {};
        if (m_complete && inflateReset(&m_stream) != Z_OK)
            return {0, 0, true};
        m_complete = false;
        constexpr std::size_t most = std::numeric_limits<uInt>::max();
        // zlib does not write to its input.
        m_stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
        m_stream.avail_in = static_cast<uInt>(std::min(packed.size(), most));
        m_stream.next_out = reinterpret_cast<Bytef*>(target);
        m_stream.avail_out = static_cast<uInt>(std::min(size, most));
        const int result = inflate(&m_stream, Z_NO_FLUSH);
        m_complete = result == Z_STREAM_END;
        const bool damaged = result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR;
        return {std::min(packed.size(), most) - m_stream.avail_in, std::min(size, most) - m_stream.avail_out,
                damaged};
    }

    [[nodiscard]] bool complete() const override { return m_complete; }

private:
    z_stream m_stream{};
    bool m_ready = false;
    bool m_complete = false;
};

class Zstd : public Unpacker
{
public:
    Zstd() : m_stream(ZSTD_createDStream())
    {
        if (m_stream != nullptr)
            ZSTD_DCtx_setParameter(m_stream, ZSTD_d_windowLogMax, largest_window_log);
    }
    Zstd(const Zstd&) = delete;
    Zstd& operator=(const Zstd&) = delete;
    ~Zstd() override { ZSTD_freeDStream(m_stream); }

    Step unpack(std::string_view packed, char* target, std::size_t size) override
    {
        if (m_stream == nullptr)
            return {0, 0, true};
        ZSTD_inBuffer in{packed.data(), packed.size(), 0};
        ZSTD_outBuffer out{target, size, 0};
        const std::size_t result = ZSTD_decompressStream(m_stream, &out, &in);
        if (in.pos > 0 || out.pos > 0)
            m_complete = result == 0;
        return {in.pos, out.pos, ZSTD_isError(result) != 0};
    }

    [[nodiscard]] bool complete() const override { return m_complete; }

private:
    static constexpr int largest_window_log = 26;

    ZSTD_DStream* m_stream;
    bool m_complete = false;
};

}

std::unique_ptr<Unpacker> unpacker_for(std::string_view head)
{
    if (head.starts_with("\x1f\x8b"))
        return std::make_unique<Gzip>();
    if (head.starts_with("\x28\xb5\x2f\xfd"))
        return std::make_unique<Zstd>();
    return nullptr;
}

}
