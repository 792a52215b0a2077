#include "core/base/file.h"

#include <QSaveFile>
#include <QString>
#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <system_error>

namespace leeway::base {

Result<std::string> read_file(const std::filesystem::path& path, std::size_t limit)
{
    std::error_code error;
    const auto kind = std::filesystem::status(path, error).type();
    if (kind == std::filesystem::file_type::not_found)
        return fail(ErrorCode::NotFound, fmt::format("There is no file “{}”.", path.string()));
    if (kind == std::filesystem::file_type::directory)
        return fail(ErrorCode::Io, fmt::format("“{}” is a folder, not a file.", path.string()));
    std::ifstream in(path, std::ios::binary);
    if (!in)
        return fail(ErrorCode::Io,
                    fmt::format("“{}” could not be opened; check its permissions.", path.string()));
    std::string content;
    std::string chunk(std::size_t{1} << 16, '\0');
    while (in.read(chunk.data(), static_cast<std::streamsize>(chunk.size())) || in.gcount() > 0) {
        content.append(chunk.data(), static_cast<std::size_t>(in.gcount()));
        if (content.size() > limit)
            return fail(ErrorCode::TooLarge,
                        fmt::format("“{}” is larger than the limit of {}.", path.string(),
                                    limit >= (1U << 20) ? fmt::format("{} MB", limit >> 20)
                                                        : fmt::format("{} bytes", limit)));
    }
    if (in.bad())
        return fail(ErrorCode::Io, fmt::format("“{}” could not be read to its end.", path.string()));
    return content;
}

Status write_file(const std::filesystem::path& path, std::string_view content)
{
    QSaveFile file(QString::fromStdString(path.string()));
    const auto size = static_cast<qint64>(content.size());
    if (!file.open(QIODevice::WriteOnly) || file.write(content.data(), size) != size || !file.commit())
        return fail(ErrorCode::Io,
                    fmt::format("“{}” could not be written; check that the folder exists, has room "
                                "and may be written to.",
                                path.string()));
    return {};
}

std::filesystem::path data_folder()
{
    if (const char* named = std::getenv("LEEWAY_DATA_DIR"); named != nullptr && *named != '\0')
        return named;
    std::error_code error;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
    if (!error) {
        const auto installed = program.parent_path().parent_path() / "share" / "leeway";
        if (std::filesystem::is_directory(installed / "templates", error))
            return installed;
    }
    return LEEWAY_SOURCE_FOLDER;
}

}
