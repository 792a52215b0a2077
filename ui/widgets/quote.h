#pragma once

#include "core/clauses/review.h"

#include <QAbstractButton>

namespace leeway::ui {

/// A verbatim passage with its place; a click goes there.
class Quote : public QAbstractButton
{
    Q_OBJECT

public:
    /// `removable`: the reviewer took it and may drop it.
    Quote(const clauses::Evidence& evidence, clauses::Verdict verdict, bool removable,
          QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void dropWanted();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    [[nodiscard]] QRect textRect(int width) const;
    [[nodiscard]] int heightIn(int width) const;

    QString m_words;
    QString m_place;
    clauses::Verdict m_verdict;
    clauses::Role m_role;
    class QToolButton* m_drop = nullptr;
};

}
