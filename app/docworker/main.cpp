// The worker program: reads requests from standard input and answers on standard output, see
// core/document/protocol.h. Everything from outside is parsed here, with limits, and never in the workbench.

#include "core/base/hash.h"
#include "core/document/mail.h"
#include "core/document/office.h"
#include "core/document/pdf.h"
#include "core/document/protocol.h"
#include "core/document/readers.h"
#include "core/document/serialise.h"
#include "sandbox.h"

#include <cerrno>
#include <csignal>
#include <malloc.h>
#include <new>
#include <unistd.h>

namespace {

namespace document = leeway::document;
namespace protocol = leeway::document::protocol;
using leeway::base::ErrorCode;
using leeway::base::Result;

constexpr int out_of_memory = 77; // core/document/process.h
constexpr std::size_t most_request_bytes = std::size_t{1} << 30;
constexpr std::size_t large_file = std::size_t{8} << 20;

bool read_exactly(char* to, std::size_t size)
{
    while (size > 0) {
        const ssize_t got = read(STDIN_FILENO, to, size);
        if (got > 0) {
            to += got;
            size -= static_cast<std::size_t>(got);
        } else if (got == 0 || errno != EINTR) {
            return false;
        }
    }
    return true;
}

bool write_all(std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t sent = write(STDOUT_FILENO, bytes.data(), bytes.size());
        if (sent > 0)
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        else if (sent == 0 || errno != EINTR)
            return false;
    }
    return true;
}

bool receive(std::string& frame, std::size_t limit)
{
    char header[protocol::frame_header];
    if (!read_exactly(header, sizeof header))
        return false;
    const std::size_t size = protocol::size_in({header, sizeof header});
    if (size > limit)
        return false;
    frame.resize(size);
    return read_exactly(frame.data(), size);
}

bool answer(std::string_view bytes)
{
    return write_all(protocol::header_of(bytes.size())) && write_all(bytes);
}

bool answer_document(const document::Document& value)
{
    const std::string bytes = document::to_bytes(value);
    const char what = static_cast<char>(protocol::Answer::Document);
    return write_all(protocol::header_of(bytes.size() + 1)) && write_all({&what, 1}) && write_all(bytes);
}

// Starting programs is the client's: the worker may not.
Result<std::string> recognised(const document::Scan& scan, const document::Limits& limits)
{
    std::string words;
    if (!answer(protocol::encode(scan)) || !receive(words, most_request_bytes) || words.empty())
        return leeway::base::fail(ErrorCode::Cancelled, "Cancelled.");
    leeway::docworker::limit_cpu(limits.cpu); // each page has its own
    if (words.front() == protocol::recognised)
        return words.substr(1);
    const auto error = protocol::decode_error(std::string_view(words).substr(1));
    return tl::unexpected(error ? *error : error.error());
}

Result<document::Document> read_contract(const protocol::ReadRequest& request, std::string& file)
{
    const bool zip = document::content_of(file) == document::Content::Zip;
    const auto format =
        zip ? document::office_format_of(request.name, file) : document::format_of(request.name, file);
    if (!format)
        return tl::unexpected(format.error());
    if (zip)
        return document::read_office(*format, request.name, file);
    if (*format == document::Format::Mail)
        return document::read_mail(request.name, file);
    if (*format != document::Format::Pdf && *format != document::Format::Image)
        return document::read_plain(*format, request.name, file);
    leeway::base::Progress progress;
    if (request.wants_progress) {
        progress = [](std::int64_t done, std::int64_t total) {
            return answer(protocol::encode_progress(done, total));
        };
    }
    const auto recognise = [&request](const document::Scan& scan) {
        return recognised(scan, request.limits);
    };
    return *format == document::Format::Pdf
               ? document::read_pdf(request.name, file, request.limits, recognise, progress)
               : document::read_picture(request.name, file, request.limits, recognise, progress);
}

bool serve_attachments(std::string_view bytes)
{
    const auto request = protocol::decode_read(bytes);
    std::string file;
    if (!request || !receive(file, std::min(request->limits.file_bytes, most_request_bytes)))
        return false;
    leeway::docworker::limit_memory(request->limits.memory_bytes);
    leeway::docworker::limit_cpu(request->limits.cpu);
    const bool mail = document::content_of(file) == document::Content::Mail;
    const auto attachments =
        mail ? document::attachments_of(request->name, file) : Result<std::vector<document::Attachment>>();
    return answer(attachments ? protocol::encode(*attachments) : protocol::encode(attachments.error()));
}

bool serve_read(std::string_view bytes)
{
    const auto request = protocol::decode_read(bytes);
    std::string file;
    if (!request || !receive(file, std::min(request->limits.file_bytes, most_request_bytes)))
        return false;
    leeway::docworker::limit_memory(request->limits.memory_bytes);
    leeway::docworker::limit_cpu(request->limits.cpu);
    const auto read = read_contract(*request, file);
    const bool sent = read ? answer_document(*read) : answer(protocol::encode(read.error()));
    if (file.size() > large_file) {
        file = {};
        malloc_trim(0);
    }
    return sent;
}

bool serve_render(std::string_view bytes, document::PdfPainter& painter)
{
    const auto request = protocol::decode_render(bytes);
    if (!request)
        return false;
    leeway::docworker::limit_memory(request->limits.memory_bytes);
    leeway::docworker::limit_cpu(request->limits.cpu);
    if (!painter.holds(request->sha256)) {
        const char what = static_cast<char>(protocol::Answer::SendFile);
        std::string file;
        if (!answer({&what, 1}) || !receive(file, std::min(request->limits.file_bytes, most_request_bytes)))
            return false;
        if (const auto opened = painter.open(request->sha256, file); !opened)
            return answer(protocol::encode(opened.error()));
    }
    const auto bitmap = painter.draw(request->page, request->scale);
    return answer(bitmap ? protocol::encode(*bitmap) : protocol::encode(bitmap.error()));
}

// Poppler aborts where it cannot allocate; the exit status tells that apart from other crashes.
void on_abort(int)
{
    if (errno == ENOMEM)
        _exit(out_of_memory);
}

}

int main()
{
    std::signal(SIGABRT, on_abort);
    std::signal(SIGXFSZ, SIG_IGN);
    std::signal(SIGPIPE, SIG_IGN);
    std::set_new_handler([] { _exit(out_of_memory); });
    leeway::docworker::lock_down();
    document::PdfPainter painter;
    std::string frame;
    try {
        while (receive(frame, std::size_t{1} << 20) && !frame.empty()) {
            const auto what = static_cast<protocol::Ask>(frame[0]);
            const std::string_view bytes = std::string_view(frame).substr(1);
            const bool served = what == protocol::Ask::Read          ? serve_read(bytes)
                                : what == protocol::Ask::Render      ? serve_render(bytes, painter)
                                : what == protocol::Ask::Attachments ? serve_attachments(bytes)
                                                                     : false;
            if (!served)
                return 1;
        }
    } catch (const std::exception&) {
        return errno == ENOMEM ? out_of_memory : 1;
    }
    return 0;
}
