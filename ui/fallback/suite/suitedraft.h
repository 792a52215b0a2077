#pragma once

#include "core/fallback/suite.h"

#include <QObject>
#include <QUndoStack>

namespace leeway::ui {

/// A suite while it is edited: every change can be undone.
class SuiteDraft : public QObject
{
    Q_OBJECT

public:
    explicit SuiteDraft(fallback::Suite suite, QObject* parent = nullptr);
    [[nodiscard]] const fallback::Suite& suite() const { return m_suite; }
    [[nodiscard]] QUndoStack& undoStack() { return m_undo; }
    /// The case that is worked on; −1 without cases.
    [[nodiscard]] int current() const { return m_current; }
    void select(int index);

    void rename(const QString& name);
    /// Changes to one case that follow each other are one step.
    void setCase(const fallback::Case& c);
    void add();
    void duplicate();
    void remove();
    void move(int by); // −1 up, 1 down

Q_SIGNALS:
    void selected();
    void changed(); // the suite

private:
    class Step;
    void push(const QString& text, fallback::Suite after, int current, int merging = -1);
    void set(const fallback::Suite& suite, int current);
    [[nodiscard]] std::string freeId(const std::string& wanted) const;

    fallback::Suite m_suite;
    int m_current;
    QUndoStack m_undo;
};

}
