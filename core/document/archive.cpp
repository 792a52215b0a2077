#include "core/document/archive.h"

#include "core/base/text.h"

#include <fmt/format.h>
#include <unordered_map>
#include <vector>
#include <zip.h>

namespace leeway::document {
namespace {

using base::ErrorCode;

constexpr zip_int64_t most_entries = 20'000;
constexpr std::size_t most_unpacked = std::size_t{256} << 20;
constexpr std::size_t small_part = std::size_t{16} << 20; // below it no ratio is suspicious
constexpr std::size_t most_ratio = 300;

tl::unexpected<base::Error> damaged()
{
    return base::fail(ErrorCode::Unreadable,
                      "is damaged: it cannot be unpacked. Get the file again from where it came from.");
}

tl::unexpected<base::Error> bomb()
{
    return base::fail(
        ErrorCode::TooLarge,
        fmt::format("unpacks to far more than a contract holds (over {} MB, or over {} times its "
                    "size), as files do that are made to exhaust a computer. If you trust it, "
                    "save it as a PDF and add that.",
                    most_unpacked >> 20, most_ratio));
}

std::string normal(std::string_view name)
{
    std::string result = base::lowered(name);
    std::replace(result.begin(), result.end(), '\\', '/');
    result.erase(0, result.find_first_not_of('/'));
    return result;
}

}

class Archive::Zip
{
public:
    explicit Zip(zip_t* zip) : m_zip(zip) {}
    Zip(const Zip&) = delete;
    Zip& operator=(const Zip&) = delete;
    ~Zip() { zip_discard(m_zip); }

    base::Status list()
    {
        const zip_int64_t count = zip_get_num_entries(m_zip, 0);
        if (count > most_entries)
            return bomb();
        for (zip_int64_t i = 0; i < count; ++i) {
            const auto index = static_cast<zip_uint64_t>(i);
            if (const char* name = zip_get_name(m_zip, index, ZIP_FL_ENC_RAW)) {
                const auto [at, added] = m_index.emplace(normal(name), index);
                if (!added)
                    at->second = twice;
            }
        }
        return {};
    }

    [[nodiscard]] bool has(std::string_view name) const { return m_index.contains(normal(name)); }

    [[nodiscard]] bool has_folder(std::string_view folder) const
    {
        return std::any_of(m_index.begin(), m_index.end(),
                           [&](const auto& entry) { return entry.first.starts_with(folder); });
    }

    base::Result<std::string> read(std::string_view name)
    {
        const auto found = m_index.find(normal(name));
        if (found == m_index.end())
            return base::fail(ErrorCode::NotFound, fmt::format("lacks its part “{}”.", name));
        zip_stat_t stat;
        if (found->second == twice || zip_stat_index(m_zip, found->second, 0, &stat) != 0)
            return damaged();
        if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE)
            return base::fail(
                ErrorCode::NeedsPassword,
                "is protected by a password. Open it with the password, save it without one, and "
                "add that file.");
        const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(zip_fopen_index(m_zip, found->second, 0),
                                                                     &zip_fclose);
        if (!file)
            return damaged();
        // The size that the file states is not trusted: what counts is what comes out.
        std::string content;
        std::vector<char> buffer(std::size_t{64} << 10);
        for (;;) {
            const zip_int64_t got = zip_fread(file.get(), buffer.data(), buffer.size());
            if (got < 0)
                return damaged();
            if (got == 0)
                break;
            content.append(buffer.data(), static_cast<std::size_t>(got));
            m_unpacked += static_cast<std::size_t>(got);
            if (m_unpacked > most_unpacked ||
                (content.size() > small_part && content.size() / most_ratio > stat.comp_size))
                return bomb();
        }
        return content;
    }

private:
    static constexpr zip_uint64_t twice = ~zip_uint64_t{0};

    zip_t* m_zip;
    std::unordered_map<std::string, zip_uint64_t> m_index;
    std::size_t m_unpacked = 0;
};

Archive::Archive(std::unique_ptr<Zip> zip) : m_zip(std::move(zip)) {}
Archive::Archive(Archive&&) noexcept = default;
Archive& Archive::operator=(Archive&&) noexcept = default;
Archive::~Archive() = default;

base::Result<Archive> Archive::open(std::string_view bytes)
{
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, nullptr);
    if (source == nullptr)
        return damaged();
    zip_t* opened = zip_open_from_source(source, ZIP_RDONLY, nullptr);
    if (opened == nullptr) {
        zip_source_free(source);
        return damaged();
    }
    auto zip = std::make_unique<Zip>(opened);
    if (auto listed = zip->list(); !listed)
        return tl::unexpected(listed.error());
    return Archive(std::move(zip));
}

bool Archive::has(std::string_view name) const
{
    return m_zip->has(name);
}

bool Archive::has_folder(std::string_view folder) const
{
    return m_zip->has_folder(folder);
}

base::Result<std::string> Archive::read(std::string_view name)
{
    return m_zip->read(name);
}

std::string part_name(std::string_view from, std::string_view target)
{
    std::vector<std::string> folders;
    if (!target.starts_with('/')) {
        folders = base::split(from, '/');
        if (!folders.empty())
            folders.pop_back();
    }
    for (const std::string& step : base::split(target, '/')) {
        if (step == "..") {
            if (!folders.empty())
                folders.pop_back();
        } else if (!step.empty() && step != ".") {
            folders.push_back(step);
        }
    }
    return fmt::format("{}", fmt::join(folders, "/"));
}

}
