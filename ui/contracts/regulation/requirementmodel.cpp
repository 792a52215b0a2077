#include "ui/contracts/regulation/requirementmodel.h"

#include "ui/contracts/regulation/words.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

namespace leeway::ui {

void RequirementModel::set(std::shared_ptr<const clauses::Regulation> regulation,
                           clauses::Assessment assessment)
{
    const bool same = m_regulation && regulation && m_regulation->sha256 == regulation->sha256;
    if (!same)
        beginResetModel();
    m_regulation = std::move(regulation);
    m_assessment = std::move(assessment);
    if (!same)
        endResetModel();
    else if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

const clauses::RequirementFinding* RequirementModel::finding(int row) const
{
    const bool known = row >= 0 && row < int(m_assessment.findings.size());
    return known ? &m_assessment.findings[std::size_t(row)] : nullptr;
}

const clauses::Requirement* RequirementModel::requirement(int row) const
{
    const auto* found = finding(row);
    return found == nullptr ? nullptr : m_regulation->find(found->requirement);
}

int RequirementModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_assessment.findings.size());
}

int RequirementModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant RequirementModel::data(const QModelIndex& index, int role) const
{
    const clauses::Requirement* asked = requirement(index.row());
    if (asked == nullptr)
        return {};
    const clauses::RequirementFinding& found = *finding(index.row());
    if (index.column() == StatusColumn && role == Qt::DecorationRole)
        return Theme::icon(statusIcon(found.status), QString::fromLatin1(statusColor(found.status)));
    if (index.column() == StatusColumn && role == Qt::ForegroundRole)
        return Theme::instance().palette()[statusColor(found.status)];
    if (role == Qt::ToolTipRole && index.column() == TitleColumn)
        return str(asked->question);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case ArticleColumn:
        return str(asked->article);
    case TitleColumn:
        return str(asked->title);
    case StatusColumn:
        return statusWord(found.status);
    case StandardColumn:
        return !found.standard ? tr("people judge") : *found.standard ? tr("reached") : tr("not reached");
    default:
        return startText(*asked, m_assessment);
    }
}

QVariant RequirementModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case ArticleColumn:
        return tr("Article");
    case TitleColumn:
        return tr("Requirement");
    case StatusColumn:
        return tr("In the contract");
    case StandardColumn:
        return tr("Buyer’s standard");
    default:
        return tr("Applies");
    }
}

}
