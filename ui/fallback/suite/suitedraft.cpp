#include "ui/fallback/suite/suitedraft.h"

#include "ui/widgets/text.h"

#include <QUndoCommand>
#include <algorithm>
#include <utility>

namespace leeway::ui {

class SuiteDraft::Step : public QUndoCommand
{
public:
    Step(SuiteDraft& draft, const QString& text, fallback::Suite after, int current, int merging)
        : QUndoCommand(text),
          m_draft(draft),
          m_before(draft.m_suite),
          m_after(std::move(after)),
          m_currentBefore(draft.m_current),
          m_currentAfter(current),
          m_merging(merging)
    {
    }

    void redo() override { m_draft.set(m_after, m_currentAfter); }
    void undo() override { m_draft.set(m_before, m_currentBefore); }
    [[nodiscard]] int id() const override { return m_merging; }
    bool mergeWith(const QUndoCommand* next) override
    {
        m_after = static_cast<const Step*>(next)->m_after; // Qt asks those of the same id only
        return true;
    }

private:
    SuiteDraft& m_draft;
    fallback::Suite m_before;
    fallback::Suite m_after;
    int m_currentBefore;
    int m_currentAfter;
    int m_merging; // −1: a step of its own
};

SuiteDraft::SuiteDraft(fallback::Suite suite, QObject* parent)
    : QObject(parent),
      m_suite(std::move(suite)),
      m_current(m_suite.cases.empty() ? -1 : 0)
{
}

void SuiteDraft::select(int index)
{
    if (index == m_current || index < 0 || index >= int(m_suite.cases.size()))
        return;
    m_current = index;
    Q_EMIT selected();
}

void SuiteDraft::set(const fallback::Suite& suite, int current)
{
    m_suite = suite;
    m_current = current;
    Q_EMIT changed();
}

void SuiteDraft::push(const QString& text, fallback::Suite after, int current, int merging)
{
    m_undo.push(new Step(*this, text, std::move(after), current, merging));
}

void SuiteDraft::rename(const QString& name)
{
    fallback::Suite after = m_suite;
    after.name = utf8(name);
    if (after.name != m_suite.name)
        push(tr("rename the suite"), std::move(after), m_current, 1'000'000);
}

void SuiteDraft::setCase(const fallback::Case& c)
{
    if (m_current < 0 || m_suite.cases[std::size_t(m_current)] == c)
        return;
    fallback::Suite after = m_suite;
    after.cases[std::size_t(m_current)] = c;
    push(tr("change a case"), std::move(after), m_current, m_current);
}

std::string SuiteDraft::freeId(const std::string& wanted) const
{
    std::string id = wanted;
    for (int i = 2; std::ranges::count(m_suite.cases, id, &fallback::Case::id) > 0; ++i)
        id = wanted + "-" + std::to_string(i);
    return id;
}

void SuiteDraft::add()
{
    fallback::Case fresh;
    fresh.id = freeId("case");
    fresh.messages = {{"user", ""}};
    fallback::Suite after = m_suite;
    after.cases.insert(after.cases.begin() + m_current + 1, std::move(fresh));
    push(tr("add a case"), std::move(after), m_current + 1);
}

void SuiteDraft::duplicate()
{
    if (m_current < 0)
        return;
    fallback::Case copy = m_suite.cases[std::size_t(m_current)];
    copy.id = freeId(copy.id);
    fallback::Suite after = m_suite;
    after.cases.insert(after.cases.begin() + m_current + 1, std::move(copy));
    push(tr("duplicate a case"), std::move(after), m_current + 1);
}

void SuiteDraft::remove()
{
    if (m_current < 0)
        return;
    fallback::Suite after = m_suite;
    after.cases.erase(after.cases.begin() + m_current);
    push(tr("remove a case"), after, std::min(m_current, int(after.cases.size()) - 1));
}

void SuiteDraft::move(int by)
{
    const int to = m_current + by;
    if (m_current < 0 || to < 0 || to >= int(m_suite.cases.size()))
        return;
    fallback::Suite after = m_suite;
    std::swap(after.cases[std::size_t(m_current)], after.cases[std::size_t(to)]);
    push(tr("move a case"), std::move(after), to);
}

}
