#include "models/viewer_columns.h"

#include "text/format.h"
#include "text/words.h"

#include <QCoreApplication>
#include <algorithm>

namespace heliograph::ui {

namespace {

using Now = WallClock::time_point;

QVariant number(std::uint64_t value)
{
    return QVariant(qulonglong(value));
}

QVariant known(const std::optional<double> &value)
{
    return value ? QVariant(*value) : QVariant();
}

QVariant said(const std::string &value)
{
    return value.empty() ? QVariant() : QVariant(text(value));
}

QVariant watching(const ViewerSnapshot &viewer, Now now)
{
    const auto watched = std::chrono::duration_cast<std::chrono::seconds>(now - viewer.since);
    return QVariant(qlonglong(watched.count()));
}

QString plain(const QVariant &raw)
{
    return raw.toString();
}

QString duration(const QVariant &raw)
{
    return durationText(std::chrono::seconds(raw.toLongLong()));
}

QString rate(const QVariant &raw)
{
    return rateText(raw.toDouble());
}

QString count(const QVariant &raw)
{
    return countText(raw.toULongLong());
}

QString milliseconds(const QVariant &raw)
{
    return millisecondsText(raw.toDouble());
}

QString percent(const QVariant &raw)
{
    return percentText(raw.toDouble());
}

QString data(const QVariant &raw)
{
    return dataText(raw.toULongLong());
}

} // namespace

const std::vector<ViewerColumn> &viewerColumns()
{
    using Viewer = const ViewerSnapshot &;
    static const std::vector<ViewerColumn> columns = {
        {QT_TRANSLATE_NOOP("viewers", "Viewer"),
         QT_TRANSLATE_NOOP("viewers", "The address that watches"), false, 19,
         [](Viewer v, Now) { return said(v.address); }, plain},
        {QT_TRANSLATE_NOOP("viewers", "User"),
         QT_TRANSLATE_NOOP("viewers", "Who logged in, where a password is asked for"), false, 10,
         [](Viewer v, Now) { return said(v.user); }, plain},
        {QT_TRANSLATE_NOOP("viewers", "Player"),
         QT_TRANSLATE_NOOP("viewers", "The player, as it calls itself"), false, 17,
         [](Viewer v, Now) { return said(v.userAgent); }, plain},
        {QT_TRANSLATE_NOOP("viewers", "Mount"),
         QT_TRANSLATE_NOOP("viewers", "The stream that is watched"), false, 11,
         [](Viewer v, Now) { return said(v.mount); }, plain},
        {QT_TRANSLATE_NOOP("viewers", "Transport"),
         QT_TRANSLATE_NOOP("viewers", "How the pictures travel"), false, 4,
         [](Viewer v, Now) { return said(v.transport); }, plain},
        {QT_TRANSLATE_NOOP("viewers", "Watching"),
         QT_TRANSLATE_NOOP("viewers", "Time since the viewer came"), true, 8, watching, duration},
        {QT_TRANSLATE_NOOP("viewers", "Bitrate"),
         QT_TRANSLATE_NOOP("viewers", "What is sent to this viewer now"), true, 10,
         [](Viewer v, Now) { return QVariant(v.bitrate); }, rate},
        {QT_TRANSLATE_NOOP("viewers", "Sent"), QT_TRANSLATE_NOOP("viewers", "Pictures sent"), true,
         8, [](Viewer v, Now) { return number(v.framesSent); }, count},
        {QT_TRANSLATE_NOOP("viewers", "Dropped"),
         QT_TRANSLATE_NOOP("viewers", "Pictures left out because the viewer was too slow"), true, 6,
         [](Viewer v, Now) { return number(v.framesDropped); }, count},
        {QT_TRANSLATE_NOOP("viewers", "Queue"),
         QT_TRANSLATE_NOOP("viewers", "Pictures waiting to be sent, as time"), true, 6,
         [](Viewer v, Now) { return QVariant(v.queueMs); }, milliseconds},
        {QT_TRANSLATE_NOOP("viewers", "Loss"),
         QT_TRANSLATE_NOOP("viewers", "Packets lost on the way, as the viewer reports"), true, 5,
         [](Viewer v, Now) { return known(v.lossPercent); }, percent},
        {QT_TRANSLATE_NOOP("viewers", "Jitter"),
         QT_TRANSLATE_NOOP("viewers", "How unevenly packets arrive, as the viewer reports"), true,
         6, [](Viewer v, Now) { return known(v.jitterMs); }, milliseconds},
        {QT_TRANSLATE_NOOP("viewers", "RTT"),
         QT_TRANSLATE_NOOP("viewers", "Round-trip time to the viewer and back"), true, 6,
         [](Viewer v, Now) { return known(v.rttMs); }, milliseconds},
        {QT_TRANSLATE_NOOP("viewers", "Data"),
         QT_TRANSLATE_NOOP("viewers", "All that was sent to this viewer"), true, 8,
         [](Viewer v, Now) { return number(v.bytes); }, data},
        {QT_TRANSLATE_NOOP("viewers", "Retransmits"),
         QT_TRANSLATE_NOOP("viewers", "Segments that TCP had to send again"), true, 6,
         [](Viewer v, Now) { return v.retransmits ? number(*v.retransmits) : QVariant(); }, count},
    };
    return columns;
}

int viewerColumnAt(std::string_view title)
{
    const auto &columns = viewerColumns();
    const auto found =
        std::find_if(columns.begin(), columns.end(),
                     [title](const ViewerColumn &column) { return column.title == title; });
    return int(found - columns.begin());
}

QString viewerColumnTitle(const ViewerColumn &column)
{
    return QCoreApplication::translate("viewers", column.title);
}

QString viewerColumnHelp(const ViewerColumn &column)
{
    return QCoreApplication::translate("viewers", column.help);
}

QString viewerColumnText(const ViewerColumn &column, const QVariant &raw)
{
    return raw.isValid() ? column.shown(raw) : missing();
}

} // namespace heliograph::ui
