// The columns of the viewers table, in order: title, what it means, its raw value for sorting and
// comparing, and how that is written.
// Thread: Qt main (a constant table and pure functions).
#pragma once

#include <engine/snapshot.h>

#include <QString>
#include <QVariant>
#include <string_view>
#include <vector>

namespace heliograph::ui {

struct ViewerColumn {
    const char *title;
    const char *help;
    bool number; // aligned to the right
    int width; // of a first start, in characters
    // Invalid where the value is not known.
    QVariant (*raw)(const ViewerSnapshot &viewer, WallClock::time_point now);
    QString (*shown)(const QVariant &raw);
};

const std::vector<ViewerColumn> &viewerColumns();
int viewerColumnAt(std::string_view title); // untranslated; the column must be there
QString viewerColumnTitle(const ViewerColumn &column);
QString viewerColumnHelp(const ViewerColumn &column);
QString viewerColumnText(const ViewerColumn &column, const QVariant &raw); // "—" when invalid

} // namespace heliograph::ui
