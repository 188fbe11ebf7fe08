#include "models/notice_model.h"

#include "style/colors.h"
#include "style/icons.h"
#include "text/words.h"

#include <QDateTime>
#include <QLocale>
#include <algorithm>

namespace heliograph::ui {

namespace {

QDateTime localTime(WallClock::time_point time)
{
    const auto since =
        std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch());
    return QDateTime::fromMSecsSinceEpoch(since.count());
}

QIcon levelIcon(NoticeLevel level)
{
    switch (level) {
    case NoticeLevel::Information:
        return lineIcon("information", colors::busyText);
    case NoticeLevel::Warning:
        return lineIcon("warning", colors::warningText);
    case NoticeLevel::Problem:
        return lineIcon("warning", colors::badText);
    }
    return {};
}

} // namespace

void NoticeModel::update(const Snapshot &snapshot)
{
    removeForgotten(snapshot.notices);
    for (const Notice &notice : snapshot.notices)
        place(notice);
}

void NoticeModel::removeForgotten(const std::vector<Notice> &notices)
{
    const std::uint64_t oldest = notices.empty() ? UINT64_MAX : notices.front().id;
    while (!m_rows.empty() && m_rows.back().id < oldest) {
        beginRemoveRows({}, rowCount() - 1, rowCount() - 1);
        m_rows.pop_back();
        endRemoveRows();
    }
}

void NoticeModel::place(const Notice &notice)
{
    const auto there = std::find_if(m_rows.begin(), m_rows.end(),
                                    [&](const Notice &each) { return each.id == notice.id; });
    if (there == m_rows.end()) {
        beginInsertRows({}, 0, 0);
        m_rows.push_front(notice);
        endInsertRows();
    } else if (there->count != notice.count) {
        *there = notice;
        const QModelIndex changed = index(int(there - m_rows.begin()));
        emit dataChanged(changed, changed);
    }
}

int NoticeModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant NoticeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Notice &notice = m_rows[std::size_t(index.row())];
    const QDateTime time = localTime(notice.time);
    switch (role) {
    case Qt::DisplayRole:
        return QLocale().toString(time.time(), "HH:mm:ss") + "  " + sentenceOf(notice);
    case Qt::DecorationRole:
        return levelIcon(notice.level);
    case Qt::ToolTipRole:
        return QLocale().toString(time, QLocale::LongFormat) + "\n" + sentenceOf(notice);
    default:
        return {};
    }
}

} // namespace heliograph::ui
