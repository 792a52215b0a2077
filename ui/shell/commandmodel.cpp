#include "ui/shell/commandmodel.h"

#include "ui/shell/fuzzy.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QPainter>
#include <algorithm>
#include <numeric>

namespace leeway::ui {

namespace {

constexpr int below_titles = -10000;

// Keywords are long: letters scattered over them would fit anything.
bool holdsAll(const QString& text, const QString& words)
{
    const QStringList each = words.split(u' ', Qt::SkipEmptyParts);
    return std::all_of(each.begin(), each.end(),
                       [&text](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

}

void CommandModel::setCommands(std::vector<Command> commands)
{
    m_commands = std::move(commands);
    filter({});
}

void CommandModel::filter(const QString& typed)
{
    beginResetModel();
    m_shown.clear();
    if (typed.trimmed().isEmpty()) {
        m_shown.resize(m_commands.size());
        std::iota(m_shown.begin(), m_shown.end(), 0);
    } else {
        std::vector<std::pair<int, std::size_t>> hits;
        for (std::size_t i = 0; i < m_commands.size(); ++i) {
            const Command& command = m_commands[i];
            if (const auto score = fuzzyScore(typed, command.title))
                hits.emplace_back(*score, i);
            else if (holdsAll(command.title + u' ' + command.keywords, typed))
                hits.emplace_back(below_titles, i);
        }
        std::stable_sort(hits.begin(), hits.end(),
                         [](const auto& a, const auto& b) { return a.first > b.first; });
        for (const auto& [score, i] : hits)
            m_shown.push_back(i);
    }
    endResetModel();
}

const Command& CommandModel::command(int row) const
{
    return m_commands[m_shown.at(std::size_t(row))];
}

int CommandModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

QVariant CommandModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Command& shown = command(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return shown.title;
    case Qt::AccessibleTextRole:
        return QString(shown.title + u", "_s + shown.detail);
    case DetailRole:
        return shown.detail;
    case IconRole:
        return shown.icon;
    default:
        return {};
    }
}

QSize CommandDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const
{
    return {option.rect.width(), Theme::instance().px(34)};
}

void CommandDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const
{
    const Theme& theme = Theme::instance();
    const Palette& palette = theme.palette();
    painter->save();
    if (option.state & QStyle::State_Selected) {
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(palette["selection"]);
        painter->drawRoundedRect(option.rect.adjusted(0, 1, 0, -1), theme.px(5), theme.px(5));
    }
    QRect rect = option.rect.adjusted(theme.px(10), 0, -theme.px(10), 0);
    const QString icon = index.data(CommandModel::IconRole).toString();
    const int side = theme.px(16);
    if (!icon.isEmpty())
        Theme::paintIcon(*painter, icon, QRectF(rect.x(), rect.center().y() - side / 2.0 + 0.5, side, side),
                         palette["muted"]);
    rect.setLeft(rect.left() + side + theme.px(10));
    const QString detail = index.data(CommandModel::DetailRole).toString();
    painter->setFont(theme.font(11));
    painter->setPen(palette["muted"]);
    painter->drawText(rect, Qt::AlignRight | Qt::AlignVCenter, detail);
    rect.setRight(rect.right() - painter->fontMetrics().horizontalAdvance(detail) - theme.px(12));
    painter->setFont(theme.font(13));
    painter->setPen(palette["ink"]);
    painter->drawText(
        rect, Qt::AlignLeft | Qt::AlignVCenter,
        painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, rect.width()));
    painter->restore();
}

}
