#pragma once

#include "core/base/result.h"
#include "core/document/document.h"

#include <QByteArray>
#include <QImage>
#include <string_view>

namespace leeway::document {

/// A page of a picture file.
struct Picture
{
    QImage image;
    Page size; // in points, by the resolution that the file names where that can be, else as A4

    /// At `scale` pixels a point.
    [[nodiscard]] QImage drawn(double scale) const;
};

/// The pages of a PNG, JPEG, GIF or TIFF file. `bytes` must outlive it.
class Pictures
{
public:
    explicit Pictures(std::string_view bytes);

    /// At least 1: a file that cannot be read says so at its first page.
    [[nodiscard]] int count() const { return m_count; }
    /// 0-based. Errors, worded to follow the file's name: Unreadable, TooLarge over 64 million pixels.
    [[nodiscard]] base::Result<Picture> page(int number) const;

private:
    QByteArray m_bytes;
    int m_count = 1;
};

}
