#pragma once

#include "core/clauses/pack.h"
#include "core/scoring/index.h"

#include <QAbstractTableModel>

namespace leeway::ui {

/// Weight and gate of every check in a profile, editable.
class WeightsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { CheckColumn, CategoryColumn, WeightColumn, GateColumn, ColumnCount };

    explicit WeightsModel(const clauses::Pack& pack, QObject* parent = nullptr);
    void setProfile(const scoring::Profile& profile);
    [[nodiscard]] const scoring::Profile& profile() const { return m_profile; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void edited(); // by hand, not by setProfile()

private:
    [[nodiscard]] double weight(const clauses::Check& check) const;
    [[nodiscard]] bool isGate(const clauses::Check& check) const;

    const clauses::Pack& m_pack;
    scoring::Profile m_profile;
};

}
