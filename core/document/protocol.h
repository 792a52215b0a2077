#pragma once

#include "core/base/result.h"
#include "core/document/worker.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace leeway::document::protocol {

// Client and worker talk in frames over one byte stream: a little-endian 32-bit length, then that many
// bytes, of which the first says what the frame is. A request may carry a file, which follows its frame
// as a frame of its own.

constexpr std::size_t most_answer_bytes = std::size_t{1} << 30;
constexpr std::size_t frame_header = 4;

enum class Ask : std::uint8_t { Read = 1, Render = 2, Attachments = 3 };
enum class Answer : std::uint8_t {
    Document = 1,
    Bitmap = 2,
    Error = 3,
    Progress = 4,
    SendFile = 5,
    Recognise = 6, // a scan, for which a frame that begins with `recognised` or an Error frame is sent back
    Attachments = 7
};
/// The first byte of what the client sends back for a scan, unless it is an Error frame.
inline constexpr char recognised = 'T';

struct ReadRequest
{
    std::string name;
    bool wants_progress = false;
    Limits limits;
};

struct RenderRequest
{
    std::string sha256;
    int page = 0;
    double scale = 1;
    Limits limits;
};

std::string encode(const ReadRequest& request, Ask ask = Ask::Read);
std::string encode(const RenderRequest& request);
std::string encode(const Bitmap& bitmap);
std::string encode(const Scan& scan);
std::string encode(const std::vector<Attachment>& attachments);
std::string encode(const base::Error& error);
std::string encode_progress(std::int64_t done, std::int64_t total);

// Each takes a frame's bytes behind the first; Unreadable when they are not what the name says.
base::Result<ReadRequest> decode_read(std::string_view bytes);
base::Result<RenderRequest> decode_render(std::string_view bytes);
base::Result<Bitmap> decode_bitmap(std::string_view bytes);
base::Result<Scan> decode_scan(std::string_view bytes);
base::Result<std::vector<Attachment>> decode_attachments(std::string_view bytes);
base::Result<base::Error> decode_error(std::string_view bytes);
base::Result<std::pair<std::int64_t, std::int64_t>> decode_progress(std::string_view bytes);

std::string header_of(std::size_t size);
std::size_t size_in(std::string_view header);

}
