#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/document/document.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace leeway::document {

/// Limits of one worker process. Over any of them it is killed, and the file's error says which.
struct Limits
{
    std::size_t file_bytes = std::size_t{200} << 20;
    std::size_t memory_bytes = std::size_t{1536} << 20;
    std::chrono::seconds cpu{60};
    std::chrono::seconds wall{120};
    int pages = 5000;
};

struct Bitmap
{
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> pixels; // 32-bit 0xffRRGGBB in host order, row by row
};

/// A page as a picture, for Tesseract.
struct Scan
{
    int width = 0;
    int height = 0;
    int dpi = 0;        // pixels an inch
    std::string pixels; // a byte each, 0 black to 255 white, row by row
};

/// A file that came within another.
struct Attachment
{
    std::string name; // without folder
    std::string bytes;

    bool operator==(const Attachment&) const = default;
};

/// Client of one `leeway-docworker` process, which parses and renders files from outside. The process is
/// started at the first call and again after a crash. Blocking; one thread at a time; any thread (not the
/// GUI's).
class Worker
{
public:
    explicit Worker(Limits limits = {}, std::filesystem::path program = default_program());
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    /// Reads a contract. `bytes` is the file's content; the format is found from content and `name`'s ending.
    /// Pictures of pages go through Tesseract where it is installed. Of an e-mail, its own words are read.
    /// Errors: Empty, Unreadable, NeedsPassword, NoText (images only), TooLarge, Crashed, Cancelled.
    base::Result<Document> read(const std::string& name, const std::string& bytes,
                                const base::Progress& progress = {});

    /// As above from a file: also NotFound and Io.
    base::Result<Document> read_file(const std::filesystem::path& path, const base::Progress& progress = {});

    /// The files in an e-mail that may be contracts, each to be read by read(); none for other files. Errors
    /// as read().
    base::Result<std::vector<Attachment>> attachments(const std::string& name, const std::string& bytes);

    /// Draws a page (0-based) of a PDF or picture at `scale` pixels a point. The worker keeps the last PDF
    /// open, so further pages of the same bytes are quick.
    base::Result<Bitmap> render(const std::string& bytes, int page, double scale);

    /// Process id of the worker, -1 when none runs.
    [[nodiscard]] int process_id() const;

    /// $LEEWAY_DOCWORKER, else `leeway-docworker` beside the running program or in ../bin of it.
    static std::filesystem::path default_program();

private:
    class Process;
    class Exchange;
    base::Result<Document> read_once(const std::string& name, const std::string& bytes,
                                     const base::Progress& progress);
    base::Result<std::vector<Attachment>> attachments_once(const std::string& name, const std::string& bytes);
    base::Result<std::string> ask_about(Exchange& exchange, const std::string& request,
                                        const std::string& bytes);
    base::Status start(const std::string& name, const std::string& bytes);
    base::Result<Bitmap> render_once(const std::string& bytes, int page, double scale);

    /// Runs `ask`, and once more with a new process when an old one was found dead or broken.
    template<typename Ask>
    auto with_process(const Ask& ask);

    Limits m_limits;
    std::filesystem::path m_program;
    std::unique_ptr<Process> m_process;
};

}
