#include "ui/costs/usage/volumesmodel.h"

#include "ui/costs/words.h"
#include "ui/widgets/theme.h"

#include <algorithm>
#include <limits>
#include <map>

namespace leeway::ui {

namespace {

constexpr std::int64_t million = 1'000'000;
constexpr int mostRows = 5000;

std::optional<std::int64_t> wholeNumber(base::Decimal number)
{
    if (number.is_negative() || number > base::Decimal::from_integer(std::int64_t{1} << 55))
        return std::nullopt;
    return QString::fromStdString(number.to_fixed(0)).toLongLong();
}

/// "12.5" from 12,500,000 tokens.
QString millions(std::int64_t tokens)
{
    return str((base::Decimal::from_integer(tokens) / base::Decimal::from_integer(million)).to_string());
}

}

VolumesModel::VolumesModel(pricing::Sheet sheet, QObject* parent)
    : QAbstractTableModel(parent),
      m_sheet(std::move(sheet))
{
}

int VolumesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int VolumesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

VolumesModel::Reading VolumesModel::read(const Row& row) const
{
    Reading reading;
    reading.empty =
        std::all_of(row.begin(), row.end(), [](const QString& cell) { return cell.trimmed().isEmpty(); });
    if (reading.empty)
        return reading;
    const auto complain = [&](int column, const QString& text) {
        if (reading.issue.column < 0)
            reading.issue = {column, text};
    };
    usage::MonthlyVolume& volume = reading.volume;
    if (const auto month = readMonth(row[MonthColumn]))
        volume.month = *month;
    else
        complain(MonthColumn, row[MonthColumn].trimmed().isEmpty() ? tr("a month is needed, such as 2026-11")
                                                                   : tr("not a month: write it as 2026-11"));
    volume.vendor = utf8(row[VendorColumn].trimmed());
    volume.model = utf8(row[ModelColumn].trimmed());
    if (volume.model.empty())
        complain(ModelColumn, tr("a model is needed"));
    const pricing::Model* known = m_sheet.find(volume.vendor, volume.model);
    reading.unpriced = !volume.model.empty() && !known;
    if (volume.vendor.empty()) {
        if (known)
            volume.vendor = known->vendor;
        else
            complain(VendorColumn, tr("a vendor is needed"));
    }
    const auto count = [&](int column, std::int64_t unit) -> std::int64_t {
        if (row[std::size_t(column)].trimmed().isEmpty())
            return 0;
        const auto number = readNumber(row[std::size_t(column)]);
        const auto whole = number ? wholeNumber(*number * unit) : std::nullopt;
        if (!whole)
            complain(column, tr("not a number of 0 or more"));
        return whole.value_or(0);
    };
    const std::int64_t input = count(InputColumn, million);
    const std::int64_t cached = count(CachedColumn, million);
    const std::int64_t output = count(OutputColumn, million);
    const std::int64_t requests = count(RequestsColumn, 1);
    if (cached > input)
        complain(CachedColumn, tr("more than the input, which includes it"));
    if (input + output == 0)
        complain(InputColumn, tr("no tokens at all"));
    if (requests == 0)
        complain(RequestsColumn, tr("needed: the average length of a request decides its price tier"));
    volume.counts[pricing::Component::Input] = input - cached;
    volume.counts[pricing::Component::CacheRead] = cached;
    volume.counts[pricing::Component::Output] = output;
    volume.counts[pricing::Component::Request] = requests;
    return reading;
}

void VolumesModel::changed(int first, int last)
{
    m_readings.resize(m_rows.size());
    for (int row = first; row <= last; ++row)
        m_readings[std::size_t(row)] = read(m_rows[std::size_t(row)]);
    if (first <= last)
        Q_EMIT dataChanged(index(first, 0), index(last, ColumnCount - 1));
}

QVariant VolumesModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const QString& cell = m_rows[std::size_t(index.row())][std::size_t(index.column())];
    const Reading& reading = m_readings[std::size_t(index.row())];
    const bool wrong = reading.issue.column == index.column();
    const bool warned = reading.unpriced && index.column() == ModelColumn;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return cell;
    case Qt::TextAlignmentRole:
        return QVariant::fromValue((index.column() >= InputColumn ? Qt::AlignRight : Qt::AlignLeft) |
                                   Qt::AlignVCenter);
    case Qt::ToolTipRole:
        if (wrong)
            return reading.issue.text;
        return warned ? QVariant(tr("Not in the price sheet: it will have no price")) : QVariant();
    case Qt::BackgroundRole:
        if (wrong)
            return Theme::instance().palette()["adverse-tint"];
        return warned ? QVariant(Theme::instance().palette()["partial-tint"]) : QVariant();
    default:
        return {};
    }
}

QVariant VolumesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical)
        return role == Qt::DisplayRole && section >= 0 && section < rowCount() ? QVariant(section + 1)
                                                                               : QVariant();
    if (section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue((section >= InputColumn ? Qt::AlignRight : Qt::AlignLeft) |
                                   Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case MonthColumn:
        return tr("Month");
    case VendorColumn:
        return tr("Vendor");
    case ModelColumn:
        return tr("Model");
    case InputColumn:
        return tr("Input, M tokens");
    case CachedColumn:
        return tr("of it cached, M");
    case OutputColumn:
        return tr("Output, M tokens");
    default:
        return tr("Requests");
    }
}

Qt::ItemFlags VolumesModel::flags(const QModelIndex& index) const
{
    return index.isValid() ? QAbstractTableModel::flags(index) | Qt::ItemIsEditable : Qt::NoItemFlags;
}

bool VolumesModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::EditRole || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return false;
    m_rows[std::size_t(index.row())][std::size_t(index.column())] = value.toString().trimmed().left(200);
    changed(index.row(), index.row());
    return true;
}

bool VolumesModel::insertRows(int row, int count, const QModelIndex& parent)
{
    if (parent.isValid() || row < 0 || row > rowCount() || count < 1 || rowCount() + count > mostRows)
        return false;
    beginInsertRows({}, row, row + count - 1);
    m_rows.insert(m_rows.begin() + row, std::size_t(count), Row{});
    m_readings.insert(m_readings.begin() + row, std::size_t(count), Reading{});
    endInsertRows();
    return true;
}

bool VolumesModel::removeRows(int row, int count, const QModelIndex& parent)
{
    if (parent.isValid() || row < 0 || count < 1 || row + count > rowCount())
        return false;
    beginRemoveRows({}, row, row + count - 1);
    m_rows.erase(m_rows.begin() + row, m_rows.begin() + row + count);
    m_readings.erase(m_readings.begin() + row, m_readings.begin() + row + count);
    endRemoveRows();
    return true;
}

void VolumesModel::paste(const QString& text, int row, int column)
{
    QStringList lines = text.split(u'\n');
    while (!lines.isEmpty() && lines.constLast().trimmed().isEmpty())
        lines.removeLast();
    if (lines.isEmpty() || row < 0 || column < 0 || column >= ColumnCount)
        return;
    const QChar separator = text.contains(u'\t') ? u'\t' : u';';
    const auto firstCell = [&](const QString& line) { return line.section(separator, 0, 0).trimmed(); };
    if (column == MonthColumn && lines.size() > 1 && !readMonth(firstCell(lines[0])) &&
        readMonth(firstCell(lines[1])))
        lines.removeFirst();
    const int last = std::min(row + int(lines.size()), mostRows) - 1;
    if (last >= rowCount() && !insertRows(rowCount(), last + 1 - rowCount()))
        return;
    for (int at = row; at <= last; ++at) {
        QString line = lines.at(at - row);
        if (line.endsWith(u'\r'))
            line.chop(1);
        const QStringList cells = line.split(separator);
        for (int i = 0; i < cells.size() && column + i < ColumnCount; ++i) {
            QString cell = cells.at(i).trimmed();
            if (cell.size() >= 2 && cell.startsWith(u'"') && cell.endsWith(u'"'))
                cell = cell.mid(1, cell.size() - 2).replace(u"\"\""_s, u"\""_s);
            m_rows[std::size_t(at)][std::size_t(column + i)] = cell.left(200);
        }
    }
    changed(row, last);
}

void VolumesModel::setVolumes(const std::vector<usage::MonthlyVolume>& volumes)
{
    beginResetModel();
    m_rows.clear();
    for (const auto& volume : volumes) {
        if (m_rows.size() == mostRows)
            break;
        const auto& counts = volume.counts;
        Row row;
        row[MonthColumn] = str(base::to_string(volume.month));
        row[VendorColumn] = str(volume.vendor);
        row[ModelColumn] = str(volume.model);
        row[InputColumn] = millions(counts.all_input());
        row[CachedColumn] = millions(counts[pricing::Component::CacheRead]);
        row[OutputColumn] = millions(counts.all_output());
        row[RequestsColumn] = QString::number(counts.requests());
        m_rows.push_back(std::move(row));
    }
    m_readings.clear();
    for (const Row& row : m_rows)
        m_readings.push_back(read(row));
    endResetModel();
}

std::vector<usage::MonthlyVolume> VolumesModel::volumes() const
{
    std::vector<usage::MonthlyVolume> volumes;
    for (const Reading& reading : m_readings) {
        if (!reading.empty && reading.issue.column < 0)
            volumes.push_back(reading.volume);
    }
    return volumes;
}

QString VolumesModel::fieldName(int column)
{
    switch (column) {
    case MonthColumn:
        return tr("month");
    case VendorColumn:
        return tr("vendor");
    case ModelColumn:
        return tr("model");
    case InputColumn:
        return tr("input");
    case CachedColumn:
        return tr("cached");
    case OutputColumn:
        return tr("output");
    default:
        return tr("requests");
    }
}

QStringList VolumesModel::problems() const
{
    QStringList problems;
    for (int row = 0; row < rowCount(); ++row) {
        const Issue& issue = m_readings[std::size_t(row)].issue;
        if (issue.column >= 0)
            problems
                << tr("Row %1, %2: %3.").arg(QString::number(row + 1), fieldName(issue.column), issue.text);
    }
    return problems;
}

QStringList VolumesModel::unpriced() const
{
    QStringList names;
    for (const Reading& reading : m_readings) {
        const QString name = str(reading.volume.vendor) + u'/' + str(reading.volume.model);
        if (!reading.empty && reading.unpriced && !names.contains(name))
            names << name;
    }
    return names;
}

std::vector<usage::MonthlyVolume> volumesOf(const usage::Cube& cube)
{
    std::map<std::tuple<base::Month, std::string, std::string, std::string>, pricing::Counts> sums;
    for (const auto& cell : cube.cells)
        sums[{base::Month::of(cell.key.day), cell.key.vendor, cell.key.model, cell.key.service_tier}] +=
            cell.counts;
    std::vector<usage::MonthlyVolume> volumes;
    for (const auto& [key, counts] : sums) {
        usage::MonthlyVolume volume;
        std::tie(volume.month, volume.vendor, volume.model, volume.service_tier) = key;
        volume.counts = counts;
        volumes.push_back(volume);
    }
    return volumes;
}

}
