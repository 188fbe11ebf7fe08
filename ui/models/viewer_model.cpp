#include "models/viewer_model.h"

#include "models/viewer_columns.h"
#include "text/words.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace heliograph::ui {

ViewerModel::Row ViewerModel::makeRow(const ViewerSnapshot &viewer, WallClock::time_point now)
{
    Row row{viewer.id, {}, text(viewer.dropReason)};
    for (const ViewerColumn &column : viewerColumns())
        row.cells.append(column.raw(viewer, now));
    return row;
}

void ViewerModel::update(const Snapshot &snapshot)
{
    removeMissing(snapshot.viewers);
    std::unordered_map<std::uint64_t, int> rows;
    for (std::size_t row = 0; row < m_rows.size(); ++row)
        rows.emplace(std::uint64_t(m_rows[row].id), int(row));
    for (const ViewerSnapshot &viewer : snapshot.viewers) {
        Row fresh = makeRow(viewer, snapshot.time);
        if (const auto there = rows.find(std::uint64_t(viewer.id)); there != rows.end()) {
            change(there->second, std::move(fresh));
            continue;
        }
        beginInsertRows({}, rowCount(), rowCount());
        m_rows.push_back(std::move(fresh));
        endInsertRows();
    }
}

void ViewerModel::removeMissing(const std::vector<ViewerSnapshot> &viewers)
{
    std::unordered_set<std::uint64_t> here;
    for (const ViewerSnapshot &viewer : viewers)
        here.insert(std::uint64_t(viewer.id));
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (here.count(std::uint64_t(m_rows[std::size_t(row)].id)))
            continue;
        beginRemoveRows({}, row, row);
        m_rows.erase(m_rows.begin() + row);
        endRemoveRows();
    }
}

// One signal for each run of neighbouring cells that changed.
void ViewerModel::change(int row, Row fresh)
{
    Row &old = m_rows[std::size_t(row)];
    const QVariantList before = std::exchange(old.cells, std::move(fresh.cells));
    old.dropReason = std::move(fresh.dropReason);
    for (int column = 0; column < columnCount(); ++column) {
        const int first = column;
        while (column < columnCount() && before[column] != old.cells[column])
            ++column;
        if (column > first)
            emit dataChanged(index(row, first), index(row, column - 1));
    }
}

ViewerId ViewerModel::idOf(const QModelIndex &index)
{
    return ViewerId(index.data(IdRole).toULongLong());
}

int ViewerModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int ViewerModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(viewerColumns().size());
}

QVariant ViewerModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Row &row = m_rows[std::size_t(index.row())];
    const ViewerColumn &column = viewerColumns()[std::size_t(index.column())];
    switch (role) {
    case Qt::DisplayRole:
        return viewerColumnText(column, row.cells[index.column()]);
    case Qt::ToolTipRole:
        return toolTip(row, index.column());
    case Qt::TextAlignmentRole:
        return int((column.number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case RawRole:
        return row.cells[index.column()];
    case IdRole:
        return qulonglong(row.id);
    default:
        return {};
    }
}

QString ViewerModel::toolTip(const Row &row, int column) const
{
    const ViewerColumn &shown = viewerColumns()[std::size_t(column)];
    QString said = viewerColumnText(shown, row.cells[column]);
    if (!row.dropReason.isEmpty())
        said += "\n" + tr("Pictures were dropped: %1").arg(row.dropReason);
    return said;
}

QVariant ViewerModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const ViewerColumn &column = viewerColumns()[std::size_t(section)];
    switch (role) {
    case Qt::DisplayRole:
        return viewerColumnTitle(column);
    case Qt::ToolTipRole:
        return viewerColumnHelp(column);
    case Qt::TextAlignmentRole:
        return int((column.number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    default:
        return {};
    }
}

} // namespace heliograph::ui
