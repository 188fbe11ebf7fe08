#include "models/source_model.h"

#include "style/icons.h"
#include "text/format.h"

#include <algorithm>
#include <cmath>

namespace heliograph::ui {

namespace {

std::uint64_t viewersOf(SourceId id, const Snapshot &snapshot)
{
    std::uint64_t viewers = 0;
    for (const StreamSnapshot &stream : snapshot.streams)
        viewers += stream.source == id ? stream.viewers : 0;
    return viewers;
}

QString detailOf(const SourceSnapshot &source, const Snapshot &snapshot)
{
    if (source.health.state == HealthState::Retrying) {
        const double seconds = double(source.health.retryIn.count()) / 1000;
        return SourceModel::tr("Next try in %1 s").arg(std::ceil(seconds));
    }
    if (source.health.state == HealthState::Failed)
        return SourceModel::tr("Not working");
    if (source.published) {
        const auto viewers = viewersOf(source.id, snapshot);
        return viewers == 0 ? SourceModel::tr("Nobody is watching yet")
                            : SourceModel::tr("%1 watching").arg(countText(viewers));
    }
    return source.size == PictureSize{} ? SourceModel::tr("Waiting for a picture")
                                        : SourceModel::tr("Not published");
}

} // namespace

SourceModel::Row SourceModel::makeRow(const SourceSnapshot &source, const Snapshot &snapshot)
{
    return {source.id,       text(source.config.name),   text(source.config.type),
            badgeOf(source), detailOf(source, snapshot), problemOf(source.health)};
}

void SourceModel::update(const Snapshot &snapshot)
{
    removeMissing(snapshot);
    for (const SourceSnapshot &source : snapshot.sources)
        place(makeRow(source, snapshot));
}

void SourceModel::removeMissing(const Snapshot &snapshot)
{
    for (int row = int(m_rows.size()) - 1; row >= 0; --row) {
        const SourceId id = m_rows[std::size_t(row)].id;
        const bool here = std::any_of(snapshot.sources.begin(), snapshot.sources.end(),
                                      [id](const SourceSnapshot &each) { return each.id == id; });
        if (here)
            continue;
        beginRemoveRows({}, row, row);
        m_rows.erase(m_rows.begin() + row);
        endRemoveRows();
    }
}

void SourceModel::place(Row row)
{
    const QModelIndex there = indexOf(row.id);
    if (!there.isValid()) {
        beginInsertRows({}, rowCount(), rowCount());
        m_rows.push_back(std::move(row));
        endInsertRows();
        return;
    }
    Row &old = m_rows[std::size_t(there.row())];
    if (old == row)
        return;
    old = std::move(row);
    emit dataChanged(there, there);
}

QModelIndex SourceModel::indexOf(SourceId id) const
{
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [id](const Row &each) { return each.id == id; });
    return found == m_rows.end() ? QModelIndex() : index(int(found - m_rows.begin()));
}

SourceId SourceModel::idOf(const QModelIndex &index)
{
    return SourceId(index.data(IdRole).toULongLong());
}

int SourceModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant SourceModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Row &row = m_rows[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return row.name;
    case Qt::DecorationRole:
        return sourceTypeIcon(row.type);
    case Qt::ToolTipRole:
        return row.problem.isEmpty() ? row.name : row.problem;
    case Qt::AccessibleTextRole:
        return row.name;
    case Qt::AccessibleDescriptionRole:
        return row.badge.text + ", " + row.detail;
    case IdRole:
        return qulonglong(row.id);
    case BadgeTextRole:
        return row.badge.text;
    case BadgeToneRole:
        return QString::fromLatin1(row.badge.tone);
    case DetailRole:
        return row.detail;
    default:
        return {};
    }
}

bool SourceModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const QString name = value.toString().trimmed();
    if (!index.isValid() || role != Qt::EditRole || name.isEmpty())
        return false;
    if (name != m_rows[std::size_t(index.row())].name)
        emit renamed(index, name);
    return true;
}

Qt::ItemFlags SourceModel::flags(const QModelIndex &index) const
{
    return QAbstractListModel::flags(index) | Qt::ItemIsEditable | Qt::ItemNeverHasChildren;
}

} // namespace heliograph::ui
