#include "ui/widgets/pagerenderer.h"

#include "core/document/worker.h"
#include "ui/widgets/text.h"

#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <thread>

namespace leeway::ui {

namespace {

constexpr qsizetype cache_bytes = qsizetype{192} << 20;

QImage toImage(const document::Bitmap& bitmap)
{
    QImage image(bitmap.width, bitmap.height, QImage::Format_RGB32);
    const std::size_t row = std::size_t(bitmap.width) * 4;
    if (image.isNull() || bitmap.pixels.size() < row * std::size_t(bitmap.height))
        return {};
    for (int y = 0; y < bitmap.height; ++y)
        std::memcpy(image.scanLine(y), bitmap.pixels.data() + row * std::size_t(y), row);
    return image;
}

}

// Shared with the drawing thread, which may outlive the renderer by the one page that it draws.
struct PageRenderer::Shared
{
    std::mutex mutex;
    std::condition_variable wake;
    PageRenderer* receiver = nullptr; // null once it is gone
    QList<int> wanted;
    double scale = 1;
    std::string bytes;

    void run()
    {
        document::Worker worker;
        for (;;) {
            int page = 0;
            double at = 1;
            {
                std::unique_lock lock(mutex);
                wake.wait(lock, [this] { return receiver == nullptr || !wanted.isEmpty(); });
                if (receiver == nullptr)
                    return;
                page = wanted.takeFirst();
                at = scale;
            }
            const auto bitmap = worker.render(bytes, page, at);
            const QImage image = bitmap ? toImage(*bitmap) : QImage();
            const QString error = bitmap ? QString() : str(bitmap.error().message);
            const std::lock_guard lock(mutex);
            if (receiver == nullptr)
                return;
            QMetaObject::invokeMethod(
                receiver,
                [to = receiver, page, at, image, error] {
                    if (!error.isEmpty() && to->m_error.isEmpty()) {
                        to->m_error = error;
                        Q_EMIT to->failed(error);
                    }
                    if (!image.isNull())
                        to->receive(page, at, image);
                },
                Qt::QueuedConnection);
        }
    }
};

PageRenderer::PageRenderer(std::string bytes, QObject* parent)
    : QObject(parent),
      m_shared(std::make_shared<Shared>())
{
    m_shared->receiver = this;
    m_shared->bytes = std::move(bytes);
    std::thread([shared = m_shared] { shared->run(); }).detach();
}

PageRenderer::~PageRenderer()
{
    const std::lock_guard lock(m_shared->mutex);
    m_shared->receiver = nullptr;
    m_shared->wake.notify_all();
}

void PageRenderer::want(const QList<int>& pages, double scale)
{
    QList<int> missing;
    for (const int page : pages) {
        const auto found = m_drawn.find(page);
        if (found != m_drawn.end() && qFuzzyCompare(found->scale, scale))
            found->age = ++m_age;
        else
            missing << page;
    }
    const std::lock_guard lock(m_shared->mutex);
    m_shared->wanted = missing;
    m_shared->scale = scale;
    m_shared->wake.notify_all();
}

QImage PageRenderer::image(int page) const
{
    return m_drawn.value(page).image;
}

void PageRenderer::receive(int page, double scale, const QImage& image)
{
    m_drawn[page] = {scale, image, ++m_age};
    qsizetype bytes = 0;
    for (const Drawn& drawn : std::as_const(m_drawn))
        bytes += drawn.image.sizeInBytes();
    while (bytes > cache_bytes && m_drawn.size() > 1) {
        const auto oldest = std::min_element(m_drawn.begin(), m_drawn.end(),
                                             [](const Drawn& a, const Drawn& b) { return a.age < b.age; });
        bytes -= oldest->image.sizeInBytes();
        m_drawn.erase(oldest);
    }
    Q_EMIT rendered(page);
}

}
