// The inspector's play button and slider: what they show of a file, and what they ask for.
#include "inspector/playback_bar.h"
#include "studio_test.h"

#include <QLabel>
#include <QSlider>
#include <QTest>
#include <QToolButton>

using namespace heliograph;
using namespace heliograph::testing;
using namespace heliograph::ui;
using std::chrono::milliseconds;

namespace {

struct BarBench : Bench {
    BarBench()
        : bar(bridge)
    {
        id = add("Clip", "file");
        playback = {"/media/A day.mp4", milliseconds(12'300), milliseconds(90'000), false};
        look();
        bar.show();
    }

    void look()
    {
        studio.source(id).playback = playback;
        show();
        bar.refresh(bridge.source(id));
    }

    QSlider &slider() { return *named<QSlider>(bar, "Position"); }

    SourceId id{};
    Playback playback;
    PlaybackBar bar;
};

} // namespace

class PlaybackTest : public QObject {
    Q_OBJECT
private slots:
    void itShowsWhereAFileStands();
    void whatIsLiveHasNone();
    void theButtonAndSpacePauseAndGoOn();
    void theSliderSeeksWhenTheHandLetsGo();
    void whileAnAnswerIsOutstandingTheOldPlaceIsNotShown();
    void aFileOfUnknownLengthCannotBeSoughtIn();
    void aRefusalIsTold();
};

void PlaybackTest::itShowsWhereAFileStands()
{
    BarBench bench;
    QVERIFY(bench.bar.isVisible());
    QCOMPARE(named<QLabel>(bench.bar, "Time")->text(), QString("0:12 / 1:30"));
    QCOMPARE(bench.slider().value(), 12'300);
    QCOMPARE(bench.slider().maximum(), 90'000);
    bench.playback.position = milliseconds(61'000);
    bench.look();
    QCOMPARE(named<QLabel>(bench.bar, "Time")->text(), QString("1:01 / 1:30"));
    QVERIFY(bench.studio.controlled.empty()); // to show is not to seek
}

void PlaybackTest::whatIsLiveHasNone()
{
    BarBench bench;
    bench.bar.refresh(nullptr);
    QVERIFY(!bench.bar.isVisible());
    bench.studio.source(bench.id).playback.reset();
    bench.show();
    bench.bar.refresh(bench.bridge.source(bench.id));
    QVERIFY(!bench.bar.isVisible());
}

void PlaybackTest::theButtonAndSpacePauseAndGoOn()
{
    BarBench bench;
    named<QToolButton>(bench.bar, "Pause")->click();
    QCOMPARE(bench.studio.controlled.back(), (PlaybackCommand{true, {}}));
    auto *button = named<QToolButton>(bench.bar, "Play");
    QVERIFY(button);
    QTest::keyClick(button, Qt::Key_Space);
    QCOMPARE(bench.studio.controlled.back(), (PlaybackCommand{false, {}}));
    QTest::keyClick(&bench.slider(), Qt::Key_Space);
    QCOMPARE(bench.studio.controlled.back(), (PlaybackCommand{true, {}}));
    QCOMPARE(bench.studio.controlled.size(), std::size_t(3));
}

void PlaybackTest::theSliderSeeksWhenTheHandLetsGo()
{
    BarBench bench;
    bench.slider().setSliderDown(true);
    bench.slider().setSliderPosition(45'000);
    bench.look(); // a snapshot in between does not pull it away
    QCOMPARE(bench.slider().sliderPosition(), 45'000);
    QVERIFY(bench.studio.controlled.empty());
    QCOMPARE(named<QLabel>(bench.bar, "Time")->text(), QString("0:45 / 1:30"));
    bench.slider().setSliderDown(false);
    QCOMPARE(bench.studio.controlled.size(), std::size_t(1));
    QCOMPARE(bench.studio.controlled.back(), (PlaybackCommand{{}, milliseconds(45'000)}));
    QTest::keyClick(&bench.slider(), Qt::Key_Right);
    QCOMPARE(bench.studio.controlled.back(), (PlaybackCommand{{}, milliseconds(50'000)}));
}

void PlaybackTest::whileAnAnswerIsOutstandingTheOldPlaceIsNotShown()
{
    BarBench bench;
    bench.studio.hold = true;
    bench.slider().setValue(45'000);
    bench.look();
    QCOMPARE(bench.slider().value(), 45'000);
    bench.studio.answerAll();
    bench.look();
    QCOMPARE(bench.slider().value(), 12'300);
}

void PlaybackTest::aFileOfUnknownLengthCannotBeSoughtIn()
{
    BarBench bench;
    bench.playback.duration = milliseconds(0);
    bench.look();
    QVERIFY(!bench.slider().isEnabled());
    QVERIFY(bench.slider().toolTip().contains("how long"));
    QVERIFY(named<QToolButton>(bench.bar, "Pause")->isEnabled());
}

void PlaybackTest::aRefusalIsTold()
{
    BarBench bench;
    bench.studio.fail = Error{ErrorCode::NotFound, {}};
    named<QToolButton>(bench.bar, "Pause")->click();
    bool told = false;
    for (const QLabel *label : bench.bar.findChildren<QLabel *>())
        told = told || (label->property("role") == "problem" && label->isVisible());
    QVERIFY(told);
    bench.look();
    QVERIFY(named<QToolButton>(bench.bar, "Pause")); // as it is
}

QTEST_MAIN(PlaybackTest)
#include "playback_test.moc"
