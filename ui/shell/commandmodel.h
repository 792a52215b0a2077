#pragma once

#include "ui/shell/commandpalette.h"

#include <QAbstractListModel>
#include <QStyledItemDelegate>

namespace leeway::ui {

/// The commands that fit what was typed, best first.
class CommandModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { DetailRole = Qt::UserRole, IconRole };

    using QAbstractListModel::QAbstractListModel;
    void setCommands(std::vector<Command> commands);
    void filter(const QString& typed);
    [[nodiscard]] const Command& command(int row) const;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    std::vector<Command> m_commands;
    std::vector<std::size_t> m_shown;
};

class CommandDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}
