// The table of viewers: which cells a new snapshot touches, and whom a selection follows.
#include "models/viewer_columns.h"
#include "models/viewer_model.h"
#include "models/viewer_sort.h"
#include "studio_test.h"

#include <QItemSelectionModel>
#include <QSignalSpy>
#include <QTest>

using namespace heliograph;
using namespace heliograph::testing;
using namespace heliograph::ui;

namespace {

int columnOf(const char *title)
{
    const auto &columns = viewerColumns();
    for (int i = 0; i < int(columns.size()); ++i) {
        if (std::string(columns[std::size_t(i)].title) == title)
            return i;
    }
    return -1;
}

Snapshot snapshotOf(std::vector<ViewerSnapshot> viewers)
{
    Snapshot snapshot;
    snapshot.time = WallClock::time_point(std::chrono::seconds(1'000'000));
    snapshot.viewers = std::move(viewers);
    return snapshot;
}

QString shown(const QAbstractItemModel &model, int row, const char *column)
{
    return model.index(row, columnOf(column)).data().toString();
}

} // namespace

class ViewerModelTest : public QObject {
    Q_OBJECT
private slots:
    void onlyChangedCellsAreTold();
    void anUnchangedSnapshotTellsNothing();
    void rowsComeAndGoById();
    void whatIsNotKnownIsADash();
    void valuesAreWrittenForPeople();
    void sortsByValueNotByText();
    void selectionFollowsTheViewerThroughUpdatesAndSorting();
};

void ViewerModelTest::onlyChangedCellsAreTold()
{
    ViewerModel model;
    ViewerSnapshot first = testViewer(1, 1e6), second = testViewer(2, 2e6);
    model.update(snapshotOf({first, second}));
    QSignalSpy spy(&model, &ViewerModel::dataChanged);

    second.bitrate = 3e6;
    second.framesSent = 100; // the next column
    second.rttMs = 4; // further away
    model.update(snapshotOf({first, second}));

    QCOMPARE(spy.count(), 2);
    const auto begin = spy[0][0].toModelIndex(), end = spy[0][1].toModelIndex();
    QCOMPARE(begin.row(), 1);
    QCOMPARE(begin.column(), columnOf("Bitrate"));
    QCOMPARE(end.column(), columnOf("Sent"));
    QCOMPARE(spy[1][0].toModelIndex(), model.index(1, columnOf("RTT")));
    QCOMPARE(spy[1][1].toModelIndex(), model.index(1, columnOf("RTT")));
}

void ViewerModelTest::anUnchangedSnapshotTellsNothing()
{
    ViewerModel model;
    const Snapshot snapshot = snapshotOf({testViewer(1, 1e6), testViewer(2, 2e6)});
    model.update(snapshot);
    QSignalSpy changed(&model, &ViewerModel::dataChanged);
    QSignalSpy reset(&model, &ViewerModel::modelReset);
    model.update(snapshot);
    QCOMPARE(changed.count(), 0);
    QCOMPARE(reset.count(), 0);
}

void ViewerModelTest::rowsComeAndGoById()
{
    ViewerModel model;
    model.update(snapshotOf({testViewer(1, 1), testViewer(2, 2), testViewer(3, 3)}));
    QSignalSpy removed(&model, &ViewerModel::rowsRemoved);
    QSignalSpy inserted(&model, &ViewerModel::rowsInserted);
    model.update(snapshotOf({testViewer(1, 1), testViewer(3, 3), testViewer(4, 4)}));
    QCOMPARE(removed.count(), 1);
    QCOMPARE(removed[0][1].toInt(), 1);
    QCOMPARE(inserted.count(), 1);
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(ViewerModel::idOf(model.index(1, 0)), ViewerId(3));
    QCOMPARE(ViewerModel::idOf(model.index(2, 0)), ViewerId(4));
}

void ViewerModelTest::whatIsNotKnownIsADash()
{
    ViewerModel model;
    ViewerSnapshot viewer = testViewer(1, 1e6);
    viewer.userAgent.clear();
    model.update(snapshotOf({viewer}));
    for (const char *column : {"Player", "Loss", "Jitter", "RTT", "Retransmits"})
        QCOMPARE(shown(model, 0, column), QStringLiteral("—"));
}

void ViewerModelTest::valuesAreWrittenForPeople()
{
    ViewerModel model;
    ViewerSnapshot viewer = testViewer(7, 2.48e6);
    viewer.lossPercent = 0.4;
    viewer.retransmits = 12;
    viewer.bytes = 12'300'000;
    model.update(snapshotOf({viewer}));
    QCOMPARE(shown(model, 0, "Viewer"), "192.168.1.7:50000");
    QCOMPARE(shown(model, 0, "Watching"), "1:00");
    QCOMPARE(shown(model, 0, "Bitrate"), "2.5 Mbit/s");
    QCOMPARE(shown(model, 0, "Loss"), "0.4 %");
    QCOMPARE(shown(model, 0, "Retransmits"), "12");
    QCOMPARE(shown(model, 0, "Data"), "12.3 MB");
}

void ViewerModelTest::sortsByValueNotByText()
{
    ViewerModel model;
    ViewerSort sorted;
    sorted.setSourceModel(&model);
    ViewerSnapshot unknown = testViewer(4, 0);
    ViewerSnapshot slow = testViewer(1, 900e3), middle = testViewer(2, 9.8e6);
    ViewerSnapshot fast = testViewer(3, 12e6);
    slow.rttMs = 100;
    middle.rttMs = 9;
    fast.rttMs = 20;
    model.update(snapshotOf({fast, slow, unknown, middle}));

    const auto order = [&] {
        QList<int> ids;
        for (int row = 0; row < sorted.rowCount(); ++row)
            ids << int(ViewerModel::idOf(sorted.index(row, 0)));
        return ids;
    };
    sorted.sort(columnOf("Bitrate"), Qt::AscendingOrder);
    QCOMPARE(order(), (QList<int>{4, 1, 2, 3}));
    sorted.sort(columnOf("RTT"), Qt::AscendingOrder);
    QCOMPARE(order(), (QList<int>{4, 2, 3, 1}));
}

void ViewerModelTest::selectionFollowsTheViewerThroughUpdatesAndSorting()
{
    ViewerModel model;
    ViewerSort sorted;
    sorted.setSourceModel(&model);
    sorted.sort(columnOf("Bitrate"), Qt::AscendingOrder);
    model.update(snapshotOf({testViewer(1, 1e6), testViewer(2, 2e6), testViewer(3, 3e6)}));
    QItemSelectionModel selection(&sorted);
    selection.select(sorted.index(1, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    QCOMPARE(ViewerModel::idOf(selection.selectedRows().value(0)), ViewerId(2));

    // Two becomes the fastest, one leaves, four comes.
    model.update(snapshotOf({testViewer(4, 4e6), testViewer(2, 9e6), testViewer(3, 3e6)}));

    QCOMPARE(selection.selectedRows().size(), 1);
    QCOMPARE(ViewerModel::idOf(selection.selectedRows().value(0)), ViewerId(2));
    QCOMPARE(selection.selectedRows().value(0).row(), 2);
    sorted.sort(columnOf("Bitrate"), Qt::DescendingOrder);
    QCOMPARE(ViewerModel::idOf(selection.selectedRows().value(0)), ViewerId(2));
    QCOMPARE(selection.selectedRows().value(0).row(), 0);
}

QTEST_GUILESS_MAIN(ViewerModelTest)
#include "viewer_model_test.moc"
