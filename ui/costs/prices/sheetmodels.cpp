#include "ui/costs/prices/sheetmodels.h"

#include "core/pricing/cost.h"
#include "core/pricing/scheduletext.h"
#include "ui/costs/words.h"

#include <QCoreApplication>
#include <algorithm>

namespace leeway::ui {

namespace {

constexpr std::int64_t million = 1'000'000;

bool isToken(pricing::Component component)
{
    return pricing::side_of(component) != pricing::Side::Unit;
}

/// All the digits of the source, at least two after the point.
QString rateText(base::Decimal rate)
{
    QString text = str(rate.to_string());
    const qsizetype point = text.indexOf(u'.');
    if (point < 0)
        return text + u".00"_s;
    return text.size() - point < 3 ? text + u'0' : text;
}

QString validText(const pricing::DatedRates& rates)
{
    if (rates.from && rates.until)
        return QCoreApplication::translate("RatesModel", "%1 to %2")
            .arg(dateText(*rates.from), dateText(*rates.until));
    if (rates.from)
        return QCoreApplication::translate("RatesModel", "from %1").arg(dateText(*rates.from));
    if (rates.until)
        return QCoreApplication::translate("RatesModel", "until %1").arg(dateText(*rates.until));
    return QCoreApplication::translate("RatesModel", "always");
}

/// "mon-fri 16:30–24:00 UTC, sat,sun 00:00–24:00 UTC".
QString hoursText(const pricing::Schedule& schedule)
{
    QStringList hours;
    for (const pricing::DayHours& part : pricing::hours_of(schedule))
        hours << QCoreApplication::translate("RatesModel", "%1 %2–%3 UTC")
                     .arg(str(pricing::days_text(part.days)), str(pricing::minute_text(part.from)),
                          str(pricing::minute_text(part.to)));
    return hours.join(u", "_s);
}

}

SheetModel::SheetModel(pricing::Sheet sheet, base::Date day, QObject* parent)
    : QAbstractTableModel(parent),
      m_sheet(std::move(sheet)),
      m_day(day)
{
}

void SheetModel::setSheet(pricing::Sheet sheet)
{
    beginResetModel();
    m_sheet = std::move(sheet);
    endResetModel();
}

int SheetModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_sheet.models.size());
}

int SheetModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

std::optional<base::Decimal> SheetModel::rate(int row, pricing::Component component) const
{
    const auto* rates = pricing::rates_on(m_sheet.models[std::size_t(row)], m_day);
    if (!rates)
        return std::nullopt;
    const auto found = std::find_if(rates->rates.begin(), rates->rates.end(), [&](const pricing::Rate& rate) {
        return rate.component == component && rate.tier == "standard" && rate.above_tokens == 0;
    });
    return found == rates->rates.end() ? std::nullopt : std::optional(found->price * million);
}

QVariant SheetModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const pricing::Model& model = m_sheet.models[std::size_t(index.row())];
    const pricing::DatedRates* rates = pricing::rates_on(model, m_day);
    const bool figure = index.column() >= InputColumn && index.column() <= OutputColumn;
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue((figure ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == SearchRole) {
        QString text = str(model.vendor) + u'/' + str(model.model);
        for (const std::string& alias : model.aliases)
            text += u' ' + str(alias);
        return text;
    }
    if (figure) {
        const auto component = index.column() == InputColumn    ? pricing::Component::Input
                               : index.column() == CachedColumn ? pricing::Component::CacheRead
                                                                : pricing::Component::Output;
        const auto price = rate(index.row(), component);
        if (role == SortRole)
            return price ? price->to_double() : -1.0;
        return role == Qt::DisplayRole ? QVariant(price ? rateText(*price) : u"—"_s) : QVariant();
    }
    if (role == SortRole && index.column() == SinceColumn)
        return rates && rates->from ? toQDate(*rates->from) : QDate();
    if (role == Qt::ToolTipRole && index.column() == SourceColumn)
        return rates ? str(rates->source) : QString();
    if (role != Qt::DisplayRole && role != SortRole)
        return {};
    switch (index.column()) {
    case VendorColumn:
        return str(model.vendor);
    case ModelColumn:
        return str(model.model);
    case SinceColumn:
        return !rates ? tr("not today") : rates->from ? dateText(*rates->from) : u"—"_s;
    case SourceColumn:
        return rates ? str(rates->source) : QString();
    default:
        return {};
    }
}

QVariant SheetModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    const bool figure = section >= InputColumn && section <= OutputColumn;
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue((figure ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const QString sign = currencySign(m_sheet.currency);
    switch (section) {
    case VendorColumn:
        return tr("Vendor");
    case ModelColumn:
        return tr("Model");
    case InputColumn:
        return tr("Input, %1/M").arg(sign);
    case CachedColumn:
        return tr("Cached, %1/M").arg(sign);
    case OutputColumn:
        return tr("Output, %1/M").arg(sign);
    case SinceColumn:
        return tr("Since");
    default:
        return tr("Source");
    }
}

void RatesModel::setModel(const pricing::Model* model, const std::string& currency)
{
    beginResetModel();
    m_rows.clear();
    m_currency = currency;
    m_inclusive = model && model->threshold_inclusive;
    if (model) {
        for (auto dated = model->prices.rbegin(); dated != model->prices.rend(); ++dated) {
            for (const pricing::Rate& rate : dated->rates)
                m_rows.push_back({rate, validText(*dated), str(dated->source)});
            for (const pricing::WeekRates& week : dated->off_peak) {
                for (const pricing::Rate& rate : week.rates)
                    m_rows.push_back(
                        {rate, hoursText(week.when) + u" · "_s + validText(*dated), str(dated->source)});
            }
        }
    }
    endResetModel();
}

int RatesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int RatesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RatesModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row& row = m_rows[std::size_t(index.row())];
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue((index.column() == PriceColumn ? Qt::AlignRight : Qt::AlignLeft) |
                                   Qt::AlignVCenter);
    if (role == Qt::ToolTipRole)
        return row.source;
    if (role != Qt::DisplayRole)
        return {};
    const bool token = isToken(row.rate.component);
    switch (index.column()) {
    case WhatColumn:
        return str(pricing::to_string(row.rate.component)).replace(u'_', u' ');
    case PriceColumn:
        return currencySign(m_currency) + u'\u00a0' +
               rateText(token ? row.rate.price * million : row.rate.price);
    case UnitColumn:
        return token ? tr("per million tokens") : tr("each");
    case TierColumn:
        return str(row.rate.tier);
    case ContextColumn:
        if (row.rate.above_tokens == 0)
            return u"—"_s;
        return (m_inclusive ? tr("from %1 tokens") : tr("over %1 tokens"))
            .arg(countText(row.rate.above_tokens));
    default:
        return row.valid;
    }
}

QVariant RatesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue((section == PriceColumn ? Qt::AlignRight : Qt::AlignLeft) |
                                   Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case WhatColumn:
        return tr("Rate for");
    case PriceColumn:
        return tr("Price");
    case UnitColumn:
        return tr("Unit");
    case TierColumn:
        return tr("Service tier");
    case ContextColumn:
        return tr("Input");
    default:
        return tr("Valid");
    }
}

}
