// Listening to a source: the switch beside the level meter, what reaches the output, and what is
// said when there is none.
#include "inspector/sound_row.h"
#include "listening/listening.h"
#include "listening/sound_player.h"
#include "sources/source_selection.h"
#include "studio_test.h"

#include <QAction>
#include <QLabel>
#include <QTest>
#include <QToolButton>

using namespace heliograph;
using namespace heliograph::testing;
using namespace heliograph::ui;

namespace {

// The computer's outputs, as a test wants them. They are asked on the listening thread.
struct Outputs {
    std::atomic<bool> present{true};
    std::atomic<bool> working{true};
    std::atomic<std::size_t> room{100'000};
    std::atomic<int> opened{0};
    std::atomic<int> open{0};
    std::atomic<std::size_t> played{0};
    std::atomic<float> last{0};

    OpenOutput opener();
};

class TestOutput final : public SoundOutput {
public:
    explicit TestOutput(Outputs &outputs)
        : m_outputs(outputs)
    {
        m_outputs.working = true;
        ++m_outputs.opened;
        ++m_outputs.open;
    }
    ~TestOutput() override { --m_outputs.open; }
    std::size_t room() const override { return m_outputs.room; }
    void write(std::span<const float> samples) override
    {
        m_outputs.played += samples.size();
        if (!samples.empty())
            m_outputs.last = samples.back();
    }
    bool isThirsty() const override { return false; }
    bool isWorking() const override { return m_outputs.working; }

private:
    Outputs &m_outputs;
};

OpenOutput Outputs::opener()
{
    return [this](const SoundShape &) -> tl::expected<std::unique_ptr<SoundOutput>, QString> {
        if (!present)
            return tl::unexpected(QString("There is no output."));
        return std::make_unique<TestOutput>(*this);
    };
}

struct ListeningBench : Bench {
    Outputs outputs;
    SourceSelection selection{bridge};
    Listening listening{bridge, selection, outputs.opener()};
    SoundRow row{listening};
    QToolButton &button = *named<QToolButton>(row, "Listen");

    SourceId addHeard(const std::string &name)
    {
        const SourceId id = add(name, "webcam");
        studio.source(id).hasSound = true;
        show();
        return id;
    }
    void select(SourceId id)
    {
        selection.select(id);
        look();
    }
    void look()
    {
        show();
        row.refresh(bridge.source(selection.current()));
    }
    bool isWanted(SourceId id) { return studio.isSoundAskedFor(id) && studio.sound(id).wanted; }
    QString problem() const
    {
        for (const QLabel *label : row.findChildren<QLabel *>())
            if (label->property("role") == "problem" && !label->isHidden())
                return label->text();
        return {};
    }
};

} // namespace

class ListeningTest : public QObject {
    Q_OBJECT
private slots:
    void itIsOffAndSaysWhyItCannotBeOn();
    void theSourceIsHeardUntilItIsSwitchedOff();
    void itMovesAlongWithTheSelection();
    void aSourceWithoutSoundIsPassedOver();
    void theShortcutAndTheNameAreThere();
    void withoutAnOutputASentenceSaysSo();
    void anOutputThatFailsIsOpenedAnew();
    void anOutputThatStandsStillHoldsNobodyUp();
    void theSourceIsLetGoOfWithTheWindow();
};

void ListeningTest::itIsOffAndSaysWhyItCannotBeOn()
{
    ListeningBench bench;
    QVERIFY(!bench.listening.action()->isEnabled());
    QVERIFY(bench.button.toolTip().contains("Pick a source"));
    const SourceId silent = bench.add("Silent", "webcam");
    bench.select(silent);
    QVERIFY(!bench.button.isEnabled());
    QVERIFY(bench.button.toolTip().contains("has no sound"));
    bench.studio.source(silent).health.state = HealthState::Starting;
    bench.look();
    QVERIFY(bench.button.toolTip().contains("yet"));
    const SourceId id = bench.addHeard("Cam");
    bench.select(id);
    QVERIFY(bench.button.isEnabled());
    QVERIFY(!bench.button.isChecked());
    QTest::qWait(50);
    QVERIFY(!bench.isWanted(id));
    QCOMPARE(bench.outputs.opened, 0);
}

void ListeningTest::theSourceIsHeardUntilItIsSwitchedOff()
{
    ListeningBench bench;
    const SourceId id = bench.addHeard("Cam");
    bench.select(id);
    bench.button.click();
    QTRY_VERIFY(bench.outputs.played > 0);
    QVERIFY(bench.isWanted(id));
    QCOMPARE(bench.outputs.last, 0.25F);
    QCOMPARE(bench.problem(), QString());
    bench.button.click();
    QTRY_COMPARE(bench.outputs.open, 0);
    QVERIFY(!bench.isWanted(id));
    const int taken = bench.studio.sound(id).taken;
    QTest::qWait(50);
    QCOMPARE(bench.studio.sound(id).taken, taken);
}

void ListeningTest::itMovesAlongWithTheSelection()
{
    ListeningBench bench;
    const SourceId one = bench.addHeard("One");
    const SourceId other = bench.addHeard("Other");
    bench.select(one);
    bench.button.click();
    QTRY_VERIFY(bench.isWanted(one));
    bench.select(other);
    QTRY_VERIFY(bench.isWanted(other));
    QVERIFY(!bench.isWanted(one));
    QVERIFY(bench.button.isChecked());
}

void ListeningTest::aSourceWithoutSoundIsPassedOver()
{
    ListeningBench bench;
    const SourceId heard = bench.addHeard("Heard");
    const SourceId silent = bench.add("Silent", "webcam");
    bench.select(heard);
    bench.button.click();
    bench.select(silent);
    QTRY_VERIFY(!bench.isWanted(heard));
    QVERIFY(bench.button.isEnabled()); // to stop
    QVERIFY(bench.button.toolTip().contains("has no sound"));
    QVERIFY(!bench.studio.isSoundAskedFor(silent));
    bench.select(heard);
    QTRY_VERIFY(bench.isWanted(heard));
    bench.select(silent);
    bench.button.click();
    QVERIFY(!bench.button.isEnabled());
}

void ListeningTest::theShortcutAndTheNameAreThere()
{
    ListeningBench bench;
    const QAction &action = *bench.listening.action();
    QCOMPARE(action.shortcut(), QKeySequence(Qt::CTRL | Qt::Key_L));
    QCOMPARE(bench.button.accessibleName(), QString("Listen"));
    bench.select(bench.addHeard("Cam"));
    QVERIFY(bench.button.toolTip().contains("Ctrl+L"));
}

void ListeningTest::withoutAnOutputASentenceSaysSo()
{
    ListeningBench bench;
    bench.outputs.present = false;
    bench.select(bench.addHeard("Cam"));
    bench.button.click();
    QTRY_COMPARE(bench.problem(), QString("There is no output."));
    bench.outputs.present = true;
    QTRY_COMPARE(bench.problem(), QString());
    QTRY_VERIFY(bench.outputs.played > 0);
    bench.outputs.present = false;
    bench.outputs.working = false;
    QTRY_COMPARE(bench.problem(), QString("There is no output."));
    bench.button.click();
    QCOMPARE(bench.problem(), QString());
}

void ListeningTest::anOutputThatFailsIsOpenedAnew()
{
    ListeningBench bench;
    bench.select(bench.addHeard("Cam"));
    bench.button.click();
    QTRY_COMPARE(bench.outputs.opened, 1);
    bench.outputs.working = false;
    QTRY_COMPARE(bench.outputs.opened, 2);
    QCOMPARE(bench.outputs.open, 1);
    QCOMPARE(bench.problem(), QString());
}

void ListeningTest::anOutputThatStandsStillHoldsNobodyUp()
{
    ListeningBench bench;
    const SourceId id = bench.addHeard("Cam");
    bench.outputs.room = 0;
    bench.select(id);
    bench.button.click();
    QTRY_VERIFY(bench.studio.sound(id).taken > 50); // a second of sound
    QCOMPARE(bench.outputs.played, std::size_t(0));
    bench.button.click();
    QTRY_COMPARE(bench.outputs.open, 0);
    SoundPlayer player(bench.outputs.opener());
    const auto tap = std::make_shared<FakeSound>();
    player.listenTo(tap);
    QTRY_VERIFY(tap->taken > 20);
    tap->sound.samples.clear(); // what is played from here on has waited
    bench.outputs.room = 100'000;
    const int taken = tap->taken;
    QTRY_VERIFY(tap->taken > taken + 3);
    QVERIFY(bench.outputs.played > 0);
    QVERIFY(bench.outputs.played <= std::size_t(2 * 48000 * 3 / 10)); // 300 ms
}

void ListeningTest::theSourceIsLetGoOfWithTheWindow()
{
    Outputs outputs;
    std::shared_ptr<SoundTap> tap;
    {
        ListeningBench bench;
        const SourceId id = bench.addHeard("Cam");
        bench.select(id);
        bench.button.click();
        QTRY_VERIFY(bench.isWanted(id));
        tap = bench.studio.listen(id);
    }
    QVERIFY(!static_cast<FakeSound &>(*tap).wanted);
}

QTEST_MAIN(ListeningTest)
#include "listening_test.moc"
