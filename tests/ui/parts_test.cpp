// Small pure parts: words, numbers, the grid of tiles, preview pictures, icons and colours.
#include "accessibility/scroll_areas.h"
#include "bridge/reply_executor.h"
#include "models/notice_model.h"
#include "studio_test.h"
#include "style/colors.h"
#include "style/icons.h"
#include "text/format.h"
#include "text/words.h"
#include "wall/tile_grid.h"
#include "wall/video_frame.h"

#include <QAccessible>
#include <QImage>
#include <QLabel>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTest>
#include <QThread>
#include <cmath>
#include <thread>

using namespace heliograph;
using namespace heliograph::testing;
using namespace heliograph::ui;

class PartsTest : public QObject {
    Q_OBJECT
private slots:
    void everyErrorSaysWhatToDo();
    void anEmptyDetailLeavesNoBrackets();
    void theDetailStaysWhatItIs();
    void everyNoticeIsASentence();
    void repeatedNoticesShareARow();
    void numbersAreShort();
    void tilesFitAndAreAsLargeAsTheyCanBe();
    void previewPicturesKeepTheirPlanes();
    void aShortPictureIsRefused();
    void everyIconDraws();
    void textIsReadable();
    void aScreenReaderMayAskForWhatHasJustGone();
    void repliesReachTheMainThread();
    void aReplyForSomebodyGoneIsDropped();
};

void PartsTest::everyErrorSaysWhatToDo()
{
    for (int code = 0; code <= int(ErrorCode::Internal); ++code) {
        const QString said = sentenceOf(Error{ErrorCode(code), "detail"});
        QVERIFY2(said.count('.') >= 2 || said.contains(':'), qPrintable(said));
        QVERIFY2(said.endsWith('.'), qPrintable(said));
        QVERIFY(!said.contains("%1"));
    }
}

void PartsTest::anEmptyDetailLeavesNoBrackets()
{
    for (int code = 0; code <= int(ErrorCode::Internal); ++code) {
        const Error error{ErrorCode(code), ""};
        const QString said = sentenceOf(error);
        QVERIFY2(!said.contains("%1") && !said.contains("()") && !said.contains(": ."),
                 qPrintable(said));
        QCOMPARE(text(sentence(error)), said); // the command line says the same
    }
}

void PartsTest::theDetailStaysWhatItIs()
{
    const Notice notice{1, {}, {}, Notice::Event::ViewerLeft, "%2 and %1", "cam %1", {}, 1};
    QCOMPARE(sentenceOf(notice), QStringLiteral("%2 and %1 stopped watching “cam %1”."));
    QCOMPARE(text(sentence(notice)), sentenceOf(notice));
}

void PartsTest::everyNoticeIsASentence()
{
    for (int event = 0; event <= int(Notice::Event::OutputRecovered); ++event) {
        Notice notice{1, {}, {}, Notice::Event(event), "somebody", "", {}, 1};
        QVERIFY2(!sentenceOf(notice).contains('%'), qPrintable(sentenceOf(notice)));
        QVERIFY(sentenceOf(notice).contains("somebody"));
        notice.count = 3;
        QVERIFY(sentenceOf(notice).endsWith("(3 times)"));
    }
}

void PartsTest::repeatedNoticesShareARow()
{
    NoticeModel model;
    Snapshot snapshot;
    snapshot.notices = {{1, {}, {}, Notice::Event::DeviceFound, "Cam", "", {}, 1},
                        {2, {}, {}, Notice::Event::DeviceLost, "Cam", "", {}, 1}};
    model.update(snapshot);
    QVERIFY(model.index(0).data().toString().contains("unplugged")); // newest first
    QSignalSpy inserted(&model, &NoticeModel::rowsInserted);
    QSignalSpy changed(&model, &NoticeModel::dataChanged);
    snapshot.notices[1].count = 2;
    model.update(snapshot);
    QCOMPARE(inserted.count(), 0);
    QCOMPARE(changed.count(), 1);
    snapshot.notices.erase(snapshot.notices.begin());
    model.update(snapshot);
    QCOMPARE(model.rowCount(), 1);
}

void PartsTest::numbersAreShort()
{
    QCOMPARE(rateText(0), "0 bit/s");
    QCOMPARE(rateText(2'480'000), "2.5 Mbit/s");
    QCOMPARE(rateText(999'600), "1.0 Mbit/s");
    QCOMPARE(dataText(999), "999 B");
    QCOMPARE(fpsText(29.97), "30 fps");
    QCOMPARE(fpsText(12.5), "12.5 fps");
    QCOMPARE(durationText(std::chrono::seconds(3725)), "1:02:05");
    QCOMPARE(millisecondsText({}), missing());
    QCOMPARE(pictureText({}), missing());
}

void PartsTest::tilesFitAndAreAsLargeAsTheyCanBe()
{
    for (const QSize area : {QSize(900, 500), QSize(400, 700), QSize(240, 160)}) {
        for (int count = 1; count <= 12; ++count) {
            const TileGrid grid = gridFor(count, area);
            for (int i = 0; i < count && area.width() > 300; ++i)
                QVERIFY(QRect({}, area).contains(tileRect(grid, i)));
            if (count > 1)
                QVERIFY(!tileRect(grid, 0).intersects(tileRect(grid, 1)));
        }
    }
    QCOMPARE(gridFor(4, {900, 560}).columns, 2);
    QCOMPARE(gridFor(2, {400, 700}).columns, 1);
    QCOMPARE(gridFor(3, {1800, 300}).columns, 3);
}

void PartsTest::previewPicturesKeepTheirPlanes()
{
    PreviewFrame preview{7, 5, std::vector<std::uint8_t>(35 + 2 * 12)}; // odd on purpose
    for (std::size_t i = 0; i < preview.planes.size(); ++i)
        preview.planes[i] = std::uint8_t(i + 1);
    QVideoFrame frame = toVideoFrame(preview);
    QVERIFY(frame.isValid());
    QVERIFY(frame.map(QVideoFrame::ReadOnly));
    QCOMPARE(frame.size(), QSize(6, 4));
    QCOMPARE(frame.bits(0)[frame.bytesPerLine(0) * 3 + 5], std::uint8_t(3 * 7 + 5 + 1));
    QCOMPARE(frame.bits(1)[frame.bytesPerLine(1) + 2], std::uint8_t(35 + 4 + 2 + 1));
    QCOMPARE(frame.bits(2)[frame.bytesPerLine(2) + 2], std::uint8_t(35 + 12 + 4 + 2 + 1));
    frame.unmap();
}

void PartsTest::aShortPictureIsRefused()
{
    QVERIFY(!toVideoFrame({64, 36, std::vector<std::uint8_t>(64 * 36)}).isValid());
    QVERIFY(!toVideoFrame({}).isValid());
}

void PartsTest::everyIconDraws()
{
    for (const char *name : {"add", "close", "copy", "information", "kick", "open", "publish",
                             "remove", "rename", "server", "source", "stop", "warning"}) {
        const QImage image = lineIcon(name, Qt::white).pixmap(24, 24).toImage();
        int drawn = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                drawn += qAlpha(image.pixel(x, y)) > 128;
        }
        QVERIFY2(drawn > 15, name);
    }
    QVERIFY(!applicationIcon().isNull());
}

void PartsTest::textIsReadable()
{
    const auto luminance = [](const QColor &color) {
        const auto linear = [](double c) {
            return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF())
            + 0.0722 * linear(color.blueF());
    };
    const auto contrast = [&](const QColor &a, const QColor &b) {
        const double one = luminance(a) + 0.05, two = luminance(b) + 0.05;
        return std::max(one, two) / std::min(one, two);
    };
    using namespace colors;
    for (const QColor &background : {window, panel, raised, field, stripe, selection})
        QVERIFY(contrast(colors::text, background) >= 7);
    for (const QColor &background : {window, panel, raised, field, stripe})
        QVERIFY(contrast(muted, background) >= 4.5);
    QVERIFY(contrast(badText, panel) >= 4.5);
    QVERIFY(contrast(onAccent, accent) >= 4.5);
    QVERIFY(contrast(onLive, live) >= 4.5);
    QVERIFY(contrast(busyText, busySoft) >= 4.5);
    QVERIFY(contrast(warningText, warningSoft) >= 4.5);
    QVERIFY(contrast(onBad, bad) >= 4.5);
}

void PartsTest::aScreenReaderMayAskForWhatHasJustGone()
{
    guardScrollAreas();
    QScrollArea area;
    area.setWidget(new QLabel("It scrolls"));
    area.show();
    auto *seen = QAccessible::queryAccessibleInterface(&area);
    QVERIFY(seen);
    QCOMPARE(seen->role(), QAccessible::Client);
    QVERIFY(seen->childCount() > 0 && seen->child(0));
    QVERIFY(!seen->child(seen->childCount()));
    QVERIFY(!seen->child(1000));
    const QAccessibleInterface *inside = seen->child(0)->child(0);
    QVERIFY(inside && inside->object() == area.widget());
}

void PartsTest::repliesReachTheMainThread()
{
    const auto executor = mainThreadExecutor(*QCoreApplication::instance());
    QThread *ranOn = nullptr;
    std::thread([&] { executor([&] { ranOn = QThread::currentThread(); }); }).join();
    QTRY_COMPARE(ranOn, QThread::currentThread());
}

void PartsTest::aReplyForSomebodyGoneIsDropped()
{
    Bench bench;
    bench.studio.hold = true;
    bool answered = false;
    {
        QObject receiver;
        bench.bridge.kickViewer(ViewerId(1), &receiver, [&](Result<>) { answered = true; });
    }
    bench.studio.answerAll();
    QVERIFY(!answered);
}

QTEST_MAIN(PartsTest)
#include "parts_test.moc"
