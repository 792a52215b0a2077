#include "ui/compare/changesmodel.h"

#include "ui/widgets/text.h"

#include <algorithm>
#include <array>

namespace leeway::ui {
namespace {

QString groupName(clauses::Course course)
{
    switch (course) {
    case clauses::Course::Worse:
        return ChangesModel::tr("Worse");
    case clauses::Course::Better:
        return ChangesModel::tr("Better");
    case clauses::Course::Reworded:
        return ChangesModel::tr("Same verdict, other words");
    case clauses::Course::Same:
        return ChangesModel::tr("Unchanged");
    }
    return {};
}

}

void ChangesModel::setChecks(const std::vector<clauses::CheckDrift>& checks, const clauses::Pack& pack,
                             bool showSame)
{
    using clauses::Course;
    beginResetModel();
    m_checks = checks;
    m_lines.clear();
    for (const Course course : {Course::Worse, Course::Better, Course::Reworded, Course::Same}) {
        if (course == Course::Same && !showSame)
            continue;
        const auto count = std::count_if(m_checks.begin(), m_checks.end(),
                                         [&](const auto& check) { return check.course == course; });
        if (count == 0)
            continue;
        m_lines.push_back({-1, u"%1 · %2"_s.arg(groupName(course)).arg(count)});
        for (std::size_t i = 0; i < m_checks.size(); ++i) {
            if (m_checks[i].course != course)
                continue;
            const clauses::Check* known = pack.find(m_checks[i].after.check);
            m_lines.push_back({int(i), str(known != nullptr ? known->title : m_checks[i].after.check)});
        }
    }
    endResetModel();
}

const clauses::CheckDrift* ChangesModel::checkAt(const QModelIndex& index) const
{
    if (!index.isValid() || m_lines[std::size_t(index.row())].check < 0)
        return nullptr;
    return &m_checks[std::size_t(m_lines[std::size_t(index.row())].check)];
}

QModelIndex ChangesModel::firstCheck() const
{
    return m_lines.size() > 1 ? index(1) : QModelIndex();
}

QModelIndex ChangesModel::indexOf(const QString& check) const
{
    for (int row = 0; row < rowCount(); ++row) {
        const auto* here = checkAt(index(row));
        if (here != nullptr && str(here->after.check) == check)
            return index(row);
    }
    return {};
}

int ChangesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_lines.size());
}

QVariant ChangesModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Line& line = m_lines[std::size_t(index.row())];
    const auto* check = checkAt(index);
    switch (role) {
    case Qt::DisplayRole:
        return line.text;
    case IsGroupRole:
        return check == nullptr;
    case CheckRole:
        return check == nullptr ? QString() : str(check->after.check);
    case BeforeRole:
        return check == nullptr ? QVariant() : int(check->before.verdict);
    case AfterRole:
        return check == nullptr ? QVariant() : int(check->after.verdict);
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        return check == nullptr ? line.text
                                : tr("%1: %2, before %3")
                                      .arg(line.text, verdictWord(check->after.verdict),
                                           verdictWord(check->before.verdict));
    default:
        return {};
    }
}

Qt::ItemFlags ChangesModel::flags(const QModelIndex& index) const
{
    return checkAt(index) == nullptr ? Qt::NoItemFlags : Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

}
