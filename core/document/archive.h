#pragma once

#include "core/base/result.h"

#include <memory>
#include <string>
#include <string_view>

namespace leeway::document {

/// A ZIP file in memory, read part by part. Names are compared as office formats do: without regard to case,
/// with "/" between folders and none in front. Nothing is ever written to disk, so names cannot lead
/// anywhere.
class Archive
{
public:
    /// `bytes` must outlive the archive. Unreadable when they are no sound ZIP file, TooLarge for more than
    /// 20,000 entries.
    static base::Result<Archive> open(std::string_view bytes);
    Archive(Archive&&) noexcept;
    Archive& operator=(Archive&&) noexcept;
    ~Archive();

    [[nodiscard]] bool has(std::string_view name) const;
    /// Whether there is a part below `folder`, lower case and with a slash at the end.
    [[nodiscard]] bool has_folder(std::string_view folder) const;

    /// A part's content. NotFound without it; NeedsPassword when it is encrypted; Unreadable when it is
    /// damaged or there twice; TooLarge when all parts read so far unpack to over 256 MB, or one of over 16
    /// MB to more than 300 times its packed size. Messages lack the file's name in front.
    base::Result<std::string> read(std::string_view name);

private:
    class Zip;
    explicit Archive(std::unique_ptr<Zip> zip);
    std::unique_ptr<Zip> m_zip;
};

/// The part that `target` in a relationship of the part `from` names: "word/document.xml" and "../x.xml" give
/// "x.xml". Steps above the top are dropped.
std::string part_name(std::string_view from, std::string_view target);

}
