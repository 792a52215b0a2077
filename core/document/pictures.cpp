#include "core/document/pictures.h"

#include <QBuffer>
#include <QImageReader>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace leeway::document {
namespace {

constexpr double most_pixels = 64e6;
constexpr double points_an_inch = 72;
constexpr double inches_a_metre = 1 / 0.0254;

// Pixels an inch. Cameras and screens write numbers that have nothing to do with the paper.
double resolution(const QImage& image)
{
    constexpr double lowest = 140;
    constexpr double highest = 1300;
    const double named = image.dotsPerMeterX() / inches_a_metre;
    if (named >= lowest && named <= highest)
        return named;
    constexpr double short_side = 8.27; // inches of A4
    constexpr double long_side = 11.69;
    const double as_a4 = image.width() / (image.width() > image.height() ? long_side : short_side);
    return std::clamp(as_a4, points_an_inch, highest);
}

}

QImage Picture::drawn(double scale) const
{
    const QSize pixels(std::max(1, static_cast<int>(std::lround(static_cast<double>(size.width) * scale))),
                       std::max(1, static_cast<int>(std::lround(static_cast<double>(size.height) * scale))));
    return pixels == image.size() ? image
                                  : image.scaled(pixels, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

Pictures::Pictures(std::string_view bytes)
    : m_bytes(QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size())))
{
    QBuffer buffer(&m_bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    m_count = reader.format() == "tiff" ? std::max(1, reader.imageCount()) : 1;
}

base::Result<Picture> Pictures::page(int number) const
{
    QByteArray bytes = m_bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    reader.setAutoTransform(true);
    constexpr int most_megabytes = 300;
    QImageReader::setAllocationLimit(most_megabytes);
    if (number > 0)
        reader.jumpToImage(number);
    const QSize size = reader.size();
    if (size.isValid() && static_cast<double>(size.width()) * size.height() > most_pixels)
        return base::fail(base::ErrorCode::TooLarge,
                          "is too large a picture. Scan or save it with 300 pixels an inch.");
    const QImage image = reader.read();
    if (image.isNull())
        return base::fail(
            base::ErrorCode::Unreadable,
            "is a damaged picture, or one of a kind that Leeway cannot read. Save it as PNG or PDF.");
    Picture picture;
    picture.image = QImage(image.size(), QImage::Format_RGB32); // paper behind what is transparent
    picture.image.fill(Qt::white);
    QPainter(&picture.image).drawImage(0, 0, image);
    const double dpi = resolution(image);
    picture.size = {static_cast<float>(image.width() * points_an_inch / dpi),
                    static_cast<float>(image.height() * points_an_inch / dpi)};
    return picture;
}

}
