#include "core/document/contents.h"

#include "core/base/file.h"
#include "core/document/readers.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>

namespace leeway::document {
namespace {

constexpr int deepest = 6;              // e-mails within e-mails
constexpr std::size_t most_found = 400; // documents of one file

class Collector
{
public:
    Collector(Worker& worker, const base::Progress& progress) : m_worker(worker), m_progress(progress) {}

    void add(const std::string& shown, const std::string& name, std::string bytes, int depth)
    {
        const bool mail = content_of(bytes) == Content::Mail;
        const bool picture = content_of(bytes) == Content::Image;
        auto document = m_worker.read(shown, bytes, m_progress);
        if (document)
            document->name = name;
        else if (picture && depth > 0 && document.error().code == base::ErrorCode::NoText)
            return;
        m_cancelled = !document && document.error().code == base::ErrorCode::Cancelled;
        const auto attachments = mail && !m_cancelled ? m_worker.attachments(shown, bytes)
                                                      : base::Result<std::vector<Attachment>>();
        m_found.push_back({shown, std::move(bytes), std::move(document), depth > 0});
        if (!attachments || depth >= deepest)
            return;
        for (const Attachment& attachment : *attachments) {
            if (m_cancelled || m_found.size() >= most_found)
                return;
            add(fmt::format("{} › {}", shown, attachment.name), attachment.name, attachment.bytes, depth + 1);
        }
    }

    std::vector<Found> take() { return std::move(m_found); }

private:
    Worker& m_worker;
    const base::Progress& m_progress;
    std::vector<Found> m_found;
    bool m_cancelled = false;
};

bool is_mail(const Found& found)
{
    return found.document && found.document->format == Format::Mail;
}

}

std::vector<Found> documents_in(Worker& worker, const std::string& name, std::string bytes,
                                const base::Progress& progress)
{
    Collector collector(worker, progress);
    collector.add(name, name, std::move(bytes), 0);
    return collector.take();
}

std::vector<Found> documents_in_file(Worker& worker, const std::string& path)
{
    auto bytes = base::read_file(path, Limits().file_bytes);
    std::vector<Found> found;
    if (!bytes) {
        found.push_back({path, {}, tl::unexpected(bytes.error()), false});
        return found;
    }
    const std::string name = std::filesystem::path(path).filename().string();
    found = documents_in(worker, name, std::move(*bytes));
    for (Found& one : found)
        one.name = path + one.name.substr(name.size());
    return found;
}

base::Result<std::vector<Found>> contracts_in(Worker& worker, const std::string& name, std::string bytes,
                                              const base::Progress& progress)
{
    std::vector<Found> found = documents_in(worker, name, std::move(bytes), progress);
    // A mail that could not be opened at all, and a document that its sender meant to be read.
    const auto failed =
        std::find_if(found.begin(), found.end(), [](const Found& one) { return !one.document; });
    if (failed != found.end())
        return tl::unexpected(failed->document.error());
    const bool carries =
        std::any_of(found.begin(), found.end(), [](const Found& one) { return !is_mail(one); });
    if (carries)
        std::erase_if(found, is_mail);
    else
        found.resize(1);
    return found;
}

}
