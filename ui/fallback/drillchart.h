#pragma once

#include "core/fallback/policy/replay.h"

#include <QWidget>

namespace leeway::ui {

/// Who served what over time: a bar for each bucket of a timeline, its parts stacked.
class DrillChart : public QWidget
{
    Q_OBJECT

public:
    explicit DrillChart(QWidget* parent = nullptr);
    /// `policy` names the targets.
    void setOutcome(const fallback::Outcome& outcome, const fallback::Policy& policy);
    void clear();
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    /// The bucket at a place; −1 for none.
    [[nodiscard]] int bucketAt(QPointF point) const;
    /// "09:22: 31 Primary, 4 failed".
    [[nodiscard]] QString wordsOf(int bucket) const;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Part
    {
        QString name;
        QString color; // of the palette
    };
    [[nodiscard]] std::vector<Part> parts() const;
    [[nodiscard]] std::vector<std::int64_t> countsOf(const fallback::Bucket& bucket) const;
    [[nodiscard]] QRectF plot() const;
    [[nodiscard]] double xOf(base::Instant at) const;
    void paintBars(QPainter& painter) const;
    void paintTimes(QPainter& painter) const;
    void paintLegend(QPainter& painter) const;

    fallback::Timeline m_timeline;
    std::vector<fallback::Reaction> m_reactions;
    QStringList m_targets;
};

}
