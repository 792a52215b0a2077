#include "core/document/protocol.h"

#include "core/base/text.h"

#include <bit>

namespace leeway::document::protocol {
namespace {

void put(std::string& out, std::uint64_t value, unsigned bytes = 8)
{
    for (unsigned i = 0; i < bytes; ++i)
        out += static_cast<char>(value >> (8 * i));
}

void put_text(std::string& out, std::string_view text)
{
    put(out, text.size(), 4);
    out += text;
}

class Parts
{
public:
    explicit Parts(std::string_view bytes) : m_rest(bytes) {}

    std::uint64_t number(unsigned bytes = 8)
    {
        if (m_rest.size() < bytes) {
            m_ok = false;
            m_rest = {};
            return 0;
        }
        std::uint64_t value = 0;
        for (unsigned i = 0; i < bytes; ++i)
            value |= std::uint64_t{static_cast<unsigned char>(m_rest[i])} << (8 * i);
        m_rest.remove_prefix(bytes);
        return value;
    }
    std::string_view text()
    {
        const std::size_t size = number(4);
        if (size > m_rest.size()) {
            m_ok = false;
            return {};
        }
        const std::string_view value = m_rest.substr(0, size);
        m_rest.remove_prefix(size);
        return value;
    }
    [[nodiscard]] bool complete() const { return m_ok && m_rest.empty(); }
    [[nodiscard]] std::string_view rest() const { return m_rest; }
    [[nodiscard]] bool ok() const { return m_ok; }

private:
    std::string_view m_rest;
    bool m_ok = true;
};

tl::unexpected<base::Error> garbled()
{
    return base::fail(base::ErrorCode::Unreadable, "The document reader answered with something unreadable.");
}

void put_limits(std::string& out, const Limits& limits)
{
    put(out, limits.file_bytes);
    put(out, limits.memory_bytes);
    put(out, static_cast<std::uint64_t>(limits.cpu.count()));
    put(out, static_cast<std::uint64_t>(limits.pages));
}

Limits take_limits(Parts& parts)
{
    Limits limits;
    limits.file_bytes = parts.number();
    limits.memory_bytes = parts.number();
    limits.cpu = std::chrono::seconds(static_cast<std::int64_t>(parts.number()));
    limits.pages = static_cast<int>(parts.number());
    return limits;
}

std::string start(std::uint8_t what)
{
    return {static_cast<char>(what)};
}

}

std::string encode(const ReadRequest& request, Ask ask)
{
    std::string out = start(static_cast<std::uint8_t>(ask));
    put_text(out, request.name);
    put(out, request.wants_progress ? 1 : 0, 1);
    put_limits(out, request.limits);
    return out;
}

std::string encode(const RenderRequest& request)
{
    std::string out = start(static_cast<std::uint8_t>(Ask::Render));
    put_text(out, request.sha256);
    put(out, static_cast<std::uint64_t>(request.page), 4);
    put(out, std::bit_cast<std::uint64_t>(request.scale));
    put_limits(out, request.limits);
    return out;
}

std::string encode(const Bitmap& bitmap)
{
    std::string out = start(static_cast<std::uint8_t>(Answer::Bitmap));
    out.reserve(bitmap.pixels.size() + 16);
    put(out, static_cast<std::uint64_t>(bitmap.width), 4);
    put(out, static_cast<std::uint64_t>(bitmap.height), 4);
    out.append(bitmap.pixels.begin(), bitmap.pixels.end());
    return out;
}

std::string encode(const Scan& scan)
{
    std::string out = start(static_cast<std::uint8_t>(Answer::Recognise));
    out.reserve(scan.pixels.size() + 16);
    put(out, static_cast<std::uint64_t>(scan.width), 4);
    put(out, static_cast<std::uint64_t>(scan.height), 4);
    put(out, static_cast<std::uint64_t>(scan.dpi), 4);
    out += scan.pixels;
    return out;
}

std::string encode(const std::vector<Attachment>& attachments)
{
    std::string out = start(static_cast<std::uint8_t>(Answer::Attachments));
    for (const Attachment& attachment : attachments) {
        put_text(out, attachment.name);
        put_text(out, attachment.bytes);
    }
    return out;
}

std::string encode(const base::Error& error)
{
    std::string out = start(static_cast<std::uint8_t>(Answer::Error));
    put(out, static_cast<std::uint64_t>(error.code), 1);
    put_text(out, error.message);
    return out;
}

std::string encode_progress(std::int64_t done, std::int64_t total)
{
    std::string out = start(static_cast<std::uint8_t>(Answer::Progress));
    put(out, static_cast<std::uint64_t>(done));
    put(out, static_cast<std::uint64_t>(total));
    return out;
}

base::Result<ReadRequest> decode_read(std::string_view bytes)
{
    Parts parts(bytes);
    ReadRequest request;
    request.name = base::to_valid_utf8(parts.text());
    request.wants_progress = parts.number(1) != 0;
    request.limits = take_limits(parts);
    if (!parts.complete())
        return garbled();
    return request;
}

base::Result<RenderRequest> decode_render(std::string_view bytes)
{
    Parts parts(bytes);
    RenderRequest request;
    request.sha256 = base::to_valid_utf8(parts.text());
    request.page = static_cast<int>(static_cast<std::uint32_t>(parts.number(4)));
    request.scale = std::bit_cast<double>(parts.number());
    request.limits = take_limits(parts);
    if (!parts.complete())
        return garbled();
    return request;
}

base::Result<Bitmap> decode_bitmap(std::string_view bytes)
{
    Parts parts(bytes);
    Bitmap bitmap;
    const std::uint64_t width = parts.number(4);
    const std::uint64_t height = parts.number(4);
    if (!parts.ok() || width == 0 || height == 0 || width > 100'000 || height > 100'000 ||
        width * height * 4 != parts.rest().size())
        return garbled();
    bitmap.width = static_cast<int>(width);
    bitmap.height = static_cast<int>(height);
    bitmap.pixels.assign(parts.rest().begin(), parts.rest().end());
    return bitmap;
}

base::Result<Scan> decode_scan(std::string_view bytes)
{
    Parts parts(bytes);
    Scan scan;
    const std::uint64_t width = parts.number(4);
    const std::uint64_t height = parts.number(4);
    const std::uint64_t dpi = parts.number(4);
    if (!parts.ok() || width == 0 || height == 0 || width > 100'000 || height > 100'000 || dpi == 0 ||
        dpi > 10'000 || width * height != parts.rest().size())
        return garbled();
    scan.width = static_cast<int>(width);
    scan.height = static_cast<int>(height);
    scan.dpi = static_cast<int>(dpi);
    scan.pixels = parts.rest();
    return scan;
}

base::Result<std::vector<Attachment>> decode_attachments(std::string_view bytes)
{
    Parts parts(bytes);
    std::vector<Attachment> attachments;
    while (parts.ok() && !parts.complete()) {
        Attachment attachment;
        attachment.name = base::to_valid_utf8(parts.text());
        attachment.bytes = parts.text();
        attachments.push_back(std::move(attachment));
    }
    if (!parts.complete())
        return garbled();
    return attachments;
}

base::Result<base::Error> decode_error(std::string_view bytes)
{
    Parts parts(bytes);
    const std::uint64_t code = parts.number(1);
    base::Error error{static_cast<base::ErrorCode>(code), base::to_valid_utf8(parts.text())};
    if (!parts.complete() || code > static_cast<std::uint64_t>(base::ErrorCode::Cancelled))
        return garbled();
    return error;
}

base::Result<std::pair<std::int64_t, std::int64_t>> decode_progress(std::string_view bytes)
{
    Parts parts(bytes);
    const auto done = static_cast<std::int64_t>(parts.number());
    const auto total = static_cast<std::int64_t>(parts.number());
    if (!parts.complete() || done < 0 || total < 0)
        return garbled();
    return std::pair(done, total);
}

std::string header_of(std::size_t size)
{
    std::string header;
    put(header, size, frame_header);
    return header;
}

std::size_t size_in(std::string_view header)
{
    return Parts(header).number(frame_header);
}

}
