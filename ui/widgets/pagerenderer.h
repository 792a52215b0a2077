#pragma once

#include <QHash>
#include <QImage>
#include <QObject>
#include <memory>
#include <string>

namespace leeway::ui {

/// Draws pages of one PDF in a worker process, off the GUI thread, and keeps the latest of them.
class PageRenderer : public QObject
{
    Q_OBJECT

public:
    explicit PageRenderer(std::string bytes, QObject* parent = nullptr);
    ~PageRenderer() override;

    /// The pages (0-based) to draw next, most urgent first, at `scale` pixels a point. Earlier wishes that
    /// are not begun are forgotten.
    void want(const QList<int>& pages, double scale);
    /// The page as it was drawn last, perhaps at another scale; null when it never was.
    [[nodiscard]] QImage image(int page) const;
    [[nodiscard]] QString error() const { return m_error; }

Q_SIGNALS:
    void rendered(int page);
    void failed(const QString& message); // once

private:
    struct Shared;
    void receive(int page, double scale, const QImage& image);

    std::shared_ptr<Shared> m_shared;
    struct Drawn
    {
        double scale = 0;
        QImage image;
        int age = 0;
    };
    QHash<int, Drawn> m_drawn;
    int m_age = 0;
    QString m_error;
};

}
