// Publishing: what the button says in each state, why it is disabled, and what it asks the engine.
#include "publish/login_address.h"
#include "publish/publish_desk.h"
#include "publish/publish_panel.h"
#include "server/server_control.h"
#include "sources/source_selection.h"
#include "studio_test.h"

#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

using namespace heliograph;
using namespace heliograph::testing;
using namespace heliograph::ui;

namespace {

struct PublishBench : Bench {
    SourceSelection selection{bridge};
    PublishDesk desk{bridge};
    ServerControl server{bridge};
    PublishPanel panel{bridge, selection, desk, server};
    QPushButton &button = *panel.findChild<QPushButton *>("publish");
    QLineEdit &mount = *panel.findChild<QLineEdit *>("streamName");
    QComboBox &audience = *panel.findChild<QComboBox *>("audience");

    void startServer()
    {
        server.start({});
        show();
    }
    void type(const QString &text)
    {
        mount.selectAll();
        QTest::keyClicks(&mount, text);
    }
    QLineEdit &password() const { return *named<QLineEdit>(panel, "Password"); }
    QToolButton &tool(const QString &name) const { return *named<QToolButton>(panel, name); }
    QString address() const
    {
        const auto *field = named<QLineEdit>(panel, "Stream address");
        return field ? field->text() : QString();
    }
    bool says(const QString &part) const
    {
        for (const QLabel *label : panel.findChildren<QLabel *>()) {
            if (!label->isHidden() && label->text().contains(part))
                return true;
        }
        return false;
    }
};

} // namespace

class PublishTest : public QObject {
    Q_OBJECT
private slots:
    void withoutASourceItSaysToPickOne();
    void whileTheServerStartsItSaysSo();
    void aBusyPortIsExplained();
    void theEnginesProposalIsOffered();
    void publishesWhatIsEntered();
    void aBadStreamNameIsExplained();
    void aTakenStreamNameNamesTheOther();
    void publishingThenLiveThenStopped();
    void theEncoderAtWorkIsNamed();
    void aLateSnapshotDoesNotFlashTheButtonBack();
    void aRefusalIsShownWhereTheClickWas();
    void choicesSurviveSwitchingSources();
    void copyTakesTheAddress();
    void everyAddressHasItsRow();
    void theShortcutActionDoesTheSame();
    void everySourceHasAPasswordOfItsOwn();
    void thePasswordIsHiddenUntilTheEyeIsPressed();
    void aNewPasswordIsPublished();
    void withoutAPasswordNothingIsPublished();
    void usersComeAndGo();
    void copyWithPasswordLogsIn();
    void copyWithPasswordOfRtmpPutsItBehind();
    void theRtmpSwitchIsOneForAllStreams();
    void aServerThatFailsLeavesTheOtherOnesAlone();
    void anEncoderIsToldWhereToSendAndWithWhichKey();
    void whileLiveTheUsersCanBeReadAndNotChanged();
    void whereThereIsNoKeyringItSaysWhereThePasswordIs();
    void multicastIsForMyNetworkOnly();
    void whatViewersSeeOfALossIsChosen();
    void whatViewersSeeOfALossChangesWhileTheyWatch();
    void aPictureForViewersCountsWhenItsFileIsGiven();
    void aPathHalfTypedDoesNotPublishAgainWhatIsStopped();
    void anotherSourceTakesThePlaceOfALiveOne();
};

void PublishTest::withoutASourceItSaysToPickOne()
{
    PublishBench bench;
    QVERIFY(!bench.button.isEnabled());
    QVERIFY(bench.button.toolTip().contains("Pick a source"));
    QVERIFY(bench.says("Pick a source"));
    QCOMPARE(bench.button.accessibleName(), "Publish");
    QCOMPARE(bench.button.accessibleDescription(), bench.button.toolTip());
}

void PublishTest::whileTheServerStartsItSaysSo()
{
    PublishBench bench;
    bench.add("Cam", "webcam");
    QVERIFY(!bench.button.isEnabled());
    QVERIFY(bench.button.toolTip().contains("starting"));
    bench.startServer();
    QVERIFY(bench.button.isEnabled());
}

void PublishTest::aBusyPortIsExplained()
{
    PublishBench bench;
    bench.add("Cam", "webcam");
    bench.studio.fail = Error{ErrorCode::PortInUse, "mediamtx (process 4711)"};
    bench.startServer();
    QVERIFY(!bench.button.isEnabled());
    QVERIFY(bench.says("mediamtx (process 4711)"));
    QVERIFY(bench.says("choose another port"));
}

void PublishTest::theEnginesProposalIsOffered()
{
    PublishBench bench;
    bench.add("Cam", "webcam");
    QCOMPARE(bench.mount.text(), "stream1");
    QCOMPARE(bench.audience.currentText(), "My network, with a password");
    QCOMPARE(named<QLineEdit>(bench.panel, "User name")->text(), "viewer");
    QCOMPARE(bench.password().text().size(), 17);
}

void PublishTest::publishesWhatIsEntered()
{
    PublishBench bench;
    bench.startServer();
    bench.add("Cam", "webcam");
    bench.type("/front-door/");
    QTest::keyClick(&bench.audience, Qt::Key_Down);
    bench.button.click();
    QCOMPARE(bench.studio.published.size(), std::size_t(1));
    QCOMPARE(bench.studio.published[0].mount, std::string("front-door"));
    QVERIFY(bench.studio.published[0].audience == Audience::MyNetwork);
}

void PublishTest::aBadStreamNameIsExplained()
{
    PublishBench bench;
    bench.startServer();
    bench.add("Cam", "webcam");
    bench.type("front door");
    QVERIFY(!bench.button.isEnabled());
    QVERIFY(!bench.button.toolTip().isEmpty());
    QTest::keyClick(&bench.button, Qt::Key_Space);
    bench.panel.action()->trigger();
    QVERIFY(bench.studio.published.empty());
}

void PublishTest::aTakenStreamNameNamesTheOther()
{
    PublishBench bench;
    bench.startServer();
    const SourceId first = bench.add("Workshop", "webcam");
    bench.studio.publish(first, {"cam", Audience::ThisComputer}, [](Result<>) {});
    bench.selection.select(bench.add("Other", "pattern"));
    bench.type("cam");
    QVERIFY(!bench.button.isEnabled());
    QVERIFY(bench.says("Workshop"));
}

void PublishTest::theEncoderAtWorkIsNamed()
{
    PublishBench bench;
    bench.startServer();
    bench.selection.select(bench.add("Bars", "pattern"));
    bench.show();
    bench.button.click();
    StreamSnapshot &stream = bench.studio.next.streams.at(0);
    stream.encoder = "NVENC (NVIDIA)";
    bench.show();
    QVERIFY(bench.says("NVENC (NVIDIA)"));
    stream.encoder = "Software (x264)"; // the hardware failed
    bench.show();
    QVERIFY(bench.says("Software (x264)"));
    QVERIFY(!bench.says("NVENC"));
    stream.encoder.clear();
    stream.passes = true;
    bench.show();
    QVERIFY(bench.says("passed through"));
}

void PublishTest::publishingThenLiveThenStopped()
{
    PublishBench bench;
    bench.startServer();
    bench.add("Cam", "webcam");
    bench.studio.hold = true;
    bench.button.click();
    QCOMPARE(bench.button.text(), "Publishing…");
    QVERIFY(!bench.button.isEnabled());
    QVERIFY(!bench.mount.isEnabled());

    bench.studio.answerAll();
    bench.show();
    QCOMPARE(bench.button.accessibleName(), "Stop publishing");
    QVERIFY(bench.button.isEnabled());
    QVERIFY(!bench.mount.isEnabled());
    QVERIFY(!bench.mount.toolTip().isEmpty());
    QCOMPARE(bench.address(), "rtsp://127.0.0.1:8554/stream1");

    bench.button.click();
    QCOMPARE(bench.button.text(), "Stopping…");
    bench.studio.answerAll();
    bench.show();
    QCOMPARE(bench.button.accessibleName(), "Publish");
    QVERIFY(bench.mount.isEnabled());
    QCOMPARE(bench.address(), QString());
}

void PublishTest::aLateSnapshotDoesNotFlashTheButtonBack()
{
    PublishBench bench;
    bench.startServer();
    const SourceId id = bench.add("Cam", "webcam");
    bench.button.click();
    bench.studio.source(id).published = false; // a snapshot made before the command
    bench.show();
    QCOMPARE(bench.button.text(), "Publishing…");
    bench.studio.source(id).published = true;
    bench.show();
    QCOMPARE(bench.button.text(), "Stop publishing");
}

void PublishTest::aRefusalIsShownWhereTheClickWas()
{
    PublishBench bench;
    bench.startServer();
    bench.add("Cam", "webcam");
    bench.studio.fail = Error{ErrorCode::AlreadyExists, "cam"};
    bench.button.click();
    QVERIFY(bench.says("already taken"));
    QVERIFY(bench.button.isEnabled());
    bench.type("other"); // the next entry takes the sentence away
    QVERIFY(!bench.says("already taken"));
}

void PublishTest::choicesSurviveSwitchingSources()
{
    PublishBench bench;
    bench.startServer();
    const SourceId first = bench.add("Cam", "webcam");
    const SourceId second = bench.add("Bars", "pattern");
    bench.selection.select(first);
    bench.type("mine");
    bench.selection.select(second);
    QCOMPARE(bench.mount.text(), "stream2");
    bench.selection.select(first);
    QCOMPARE(bench.mount.text(), "mine");
}

void PublishTest::copyTakesTheAddress()
{
    PublishBench bench;
    bench.startServer();
    bench.add("Cam", "webcam");
    bench.button.click();
    bench.show();
    named<QToolButton>(bench.panel, "Copy address")->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), "rtsp://127.0.0.1:8554/stream1");
}

void PublishTest::everyAddressHasItsRow()
{
    PublishBench bench;
    bench.startServer();
    bench.add("Cam", "webcam");
    bench.button.click();
    bench.studio.next.streams[0].urls = {"rtsp://192.168.1.14:8554/cam",
                                         "rtsp://10.0.0.3:8554/cam"};
    bench.show();
    QCOMPARE(bench.address(), "rtsp://192.168.1.14:8554/cam");
    QCOMPARE(named<QLineEdit>(bench.panel, "Stream address 2")->text(), "rtsp://10.0.0.3:8554/cam");
    bench.studio.next.streams[0].urls.pop_back();
    bench.show();
    QVERIFY(!named<QLineEdit>(bench.panel, "Stream address 2"));
}

void PublishTest::theShortcutActionDoesTheSame()
{
    PublishBench bench;
    bench.startServer();
    bench.add("Cam", "webcam");
    QCOMPARE(bench.panel.action()->shortcut(), QKeySequence("Ctrl+P"));
    bench.panel.action()->trigger();
    QCOMPARE(bench.studio.published.size(), std::size_t(1));
    bench.show();
    bench.panel.action()->trigger();
    QCOMPARE(bench.studio.unpublished.size(), std::size_t(1));
}

void PublishTest::everySourceHasAPasswordOfItsOwn()
{
    PublishBench bench;
    bench.startServer();
    const SourceId first = bench.add("Cam", "webcam");
    const SourceId second = bench.add("Bars", "pattern");
    bench.selection.select(first);
    const QString one = bench.password().text();
    bench.tool("Show password").click();
    QCOMPARE(bench.password().echoMode(), QLineEdit::Normal);
    bench.selection.select(second);
    QVERIFY(bench.password().text() != one);
    QCOMPARE(bench.password().echoMode(), QLineEdit::Password); // another one was shown
    bench.selection.select(first);
    QCOMPARE(bench.password().text(), one);
}

void PublishTest::thePasswordIsHiddenUntilTheEyeIsPressed()
{
    PublishBench bench;
    bench.startServer();
    bench.add("Cam", "webcam");
    QCOMPARE(bench.password().echoMode(), QLineEdit::Password);
    bench.tool("Show password").click();
    QCOMPARE(bench.password().echoMode(), QLineEdit::Normal);
    bench.tool("Show password").click();
    QCOMPARE(bench.password().echoMode(), QLineEdit::Password);
}

void PublishTest::aNewPasswordIsPublished()
{
    PublishBench bench;
    bench.startServer();
    bench.add("Cam", "webcam");
    const QString before = bench.password().text();
    bench.tool("New password").click();
    QVERIFY(bench.password().text() != before);
    bench.password().selectAll();
    QTest::keyClicks(&bench.password(), "sesame");
    bench.button.click();
    const PublishConfig &published = bench.studio.published.at(0);
    QVERIFY(published.audience == Audience::MyNetworkWithPassword);
    QCOMPARE(published.users.size(), std::size_t(1));
    QCOMPARE(published.users[0].name, std::string("viewer"));
    QCOMPARE(published.users[0].password.reveal(), std::string("sesame"));
    QVERIFY(published.users[0].roles == Roles{});
}

void PublishTest::withoutAPasswordNothingIsPublished()
{
    PublishBench bench;
    bench.startServer();
    bench.add("Cam", "webcam");
    bench.password().selectAll();
    QTest::keyClick(&bench.password(), Qt::Key_Delete);
    QVERIFY(!bench.button.isEnabled());
    QVERIFY(bench.says("Give “viewer” a password"));
    bench.panel.action()->trigger();
    QVERIFY(bench.studio.published.empty());
    QTest::keyClick(&bench.audience, Qt::Key_Up); // this computer: nobody is asked
    QVERIFY(bench.button.isEnabled());
}

void PublishTest::usersComeAndGo()
{
    PublishBench bench;
    bench.startServer();
    const SourceId id = bench.add("Cam", "webcam");
    QVERIFY(bench.tool("Remove user").isHidden());
    named<QPushButton>(bench.panel, "Add a user")->click();
    QCOMPARE(named<QLineEdit>(bench.panel, "User name 2")->text(), "viewer2");
    const QString second = named<QLineEdit>(bench.panel, "Password 2")->text();
    named<QLineEdit>(bench.panel, "User name 2")->selectAll();
    QTest::keyClicks(named<QLineEdit>(bench.panel, "User name 2"), "viewer");
    QVERIFY(bench.says("Two users"));
    bench.tool("Remove user").click();
    QVERIFY(bench.button.isEnabled());
    const auto users = bench.desk.configOf(*bench.bridge.source(id)).users;
    QCOMPARE(users.size(), std::size_t(1));
    QCOMPARE(QString::fromStdString(users[0].password.reveal()), second);
}

void PublishTest::copyWithPasswordLogsIn()
{
    PublishBench bench;
    bench.startServer();
    bench.add("Cam", "webcam");
    named<QLineEdit>(bench.panel, "User name")->selectAll();
    QTest::keyClicks(named<QLineEdit>(bench.panel, "User name"), "ann/b");
    bench.password().selectAll();
    QTest::keyClicks(&bench.password(), "p@ss: %/?#");
    bench.button.click();
    bench.show();
    bench.tool("Copy address with password").click();
    QCOMPARE(QGuiApplication::clipboard()->text(),
             "rtsp://ann%2Fb:p%40ss%3A%20%25%2F%3F%23@127.0.0.1:8554/stream1");
    QCOMPARE(bench.address(), "rtsp://127.0.0.1:8554/stream1"); // what is shown has none
    bench.tool("Copy address").click();
    QCOMPARE(QGuiApplication::clipboard()->text(), bench.address());
}

// RTMP has no place for a login in front of the host.
void PublishTest::copyWithPasswordOfRtmpPutsItBehind()
{
    QCOMPARE(loginAddress("rtmp://127.0.0.1:1935/cam", {"ann", Secret("p&ss"), {}}),
             "rtmp://127.0.0.1:1935/cam?user=ann&pass=p%26ss");
}

void PublishTest::theRtmpSwitchIsOneForAllStreams()
{
    PublishBench bench;
    bench.startServer();
    bench.add("Cam", "webcam");
    bench.button.click();
    bench.show();
    auto *rtmp = bench.panel.findChild<QCheckBox *>("rtmp");
    QVERIFY(rtmp->isChecked());
    QCOMPARE(named<QLineEdit>(bench.panel, "Stream address 2")->text(),
             "rtmp://127.0.0.1:1935/stream1");
    rtmp->click();
    QCOMPARE(bench.studio.configured.back().type, std::string("rtmp"));
    QVERIFY(!toggleOf(bench.studio.configured.back().settings, "enabled"));
    bench.show();
    QVERIFY(!rtmp->isChecked());
    QCOMPARE(bench.server.addressLine(), "RTSP server on port 8554");
    rtmp->click();
    bench.show();
    QVERIFY(bench.server.addressLine().contains("RTMP server on port 1935"));
}

void PublishTest::anEncoderIsToldWhereToSendAndWithWhichKey()
{
    PublishBench bench;
    bench.startServer();
    bench.add("Cam", "webcam");
    auto *server = bench.panel.findChild<QLineEdit *>("encoderServer");
    QVERIFY(!server->isVisibleTo(&bench.panel));
    const SourceId studio = bench.add("Studio", "rtmp");
    bench.studio.source(studio).config.settings["key"] = Secret("sesame");
    bench.selection.select(studio);
    bench.show();
    QVERIFY(server->isVisibleTo(&bench.panel));
    QCOMPARE(server->text(), "rtmp://127.0.0.1:1935/live");
    auto *key = bench.panel.findChild<QLineEdit *>("encoderKey");
    QVERIFY(key->displayText() != "sesame"); // nobody reads it over a shoulder
    bench.tool("Copy server").click();
    QCOMPARE(QGuiApplication::clipboard()->text(), "rtmp://127.0.0.1:1935/live");
    bench.tool("Copy stream key").click();
    QCOMPARE(QGuiApplication::clipboard()->text(), "sesame");
    bench.button.click();
    bench.studio.next.streams.back().urls = {"rtsp://192.168.1.14:8554/s",
                                             "rtmp://192.168.1.14:1935/s"};
    bench.show();
    QCOMPARE(server->text(), "rtmp://192.168.1.14:1935/live");
}

// One server is enough to publish.
void PublishTest::aServerThatFailsLeavesTheOtherOnesAlone()
{
    PublishBench bench;
    bench.startServer();
    bench.add("Cam", "webcam");
    bench.studio.next.outputs[1].port = 0;
    bench.studio.next.outputs[1].health = {
        HealthState::Retrying, Error{ErrorCode::PortInUse, "1935"}, {}, {}};
    bench.show();
    QVERIFY(bench.button.isEnabled());
    QVERIFY(bench.server.failure().contains("RTMP server"));
    bench.studio.next.outputs[0].port = 0;
    bench.studio.next.outputs[0].health = bench.studio.next.outputs[1].health;
    bench.show();
    QVERIFY(!bench.button.isEnabled());
}

void PublishTest::whileLiveTheUsersCanBeReadAndNotChanged()
{
    PublishBench bench;
    bench.startServer();
    bench.add("Cam", "webcam");
    bench.button.click();
    bench.show();
    const QString before = bench.password().text();
    QVERIFY(bench.password().isReadOnly());
    QVERIFY(!bench.tool("New password").isEnabled());
    QVERIFY(named<QPushButton>(bench.panel, "Add a user")->isHidden());
    bench.tool("Show password").click();
    QCOMPARE(bench.password().echoMode(), QLineEdit::Normal);
    bench.button.click();
    bench.show();
    QVERIFY(!bench.password().isReadOnly());
    QCOMPARE(bench.password().text(), before);
}

void PublishTest::whereThereIsNoKeyringItSaysWhereThePasswordIs()
{
    PublishBench bench;
    bench.add("Cam", "webcam");
    QVERIFY(!bench.says("keyring"));
    bench.desk.setSecretFile("/home/ann/secrets.toml");
    QVERIFY(bench.says("/home/ann/secrets.toml"));
}

void PublishTest::multicastIsForMyNetworkOnly()
{
    PublishBench bench;
    bench.startServer();
    bench.add("Cam", "webcam");
    auto &multicast = *bench.panel.findChild<QCheckBox *>("multicast");
    QVERIFY(!multicast.isEnabled());
    QVERIFY(multicast.toolTip().contains("My network"));
    QTest::keyClick(&bench.audience, Qt::Key_Down);
    QVERIFY(multicast.isEnabled());
    multicast.click();
    bench.button.click();
    QVERIFY(bench.studio.published.at(0).multicast);
    bench.show();
    QVERIFY(multicast.isChecked() && !multicast.isEnabled());
    bench.button.click();
    bench.show();
    QTest::keyClick(&bench.audience, Qt::Key_Up);
    bench.button.click();
    QVERIFY(!bench.studio.published.at(1).multicast);
}

void PublishTest::whatViewersSeeOfALossIsChosen()
{
    PublishBench bench;
    bench.startServer();
    bench.add("Cam", "webcam");
    auto &lost = *bench.panel.findChild<QComboBox *>("whileLost");
    QTest::keyClick(&lost, Qt::Key_Down);
    bench.button.click();
    QVERIFY(bench.studio.published.at(0).whileLost == WhileLost::LastPicture);
    QVERIFY(bench.studio.published.at(0).rests);
}

void PublishTest::whatViewersSeeOfALossChangesWhileTheyWatch()
{
    PublishBench bench;
    bench.startServer();
    bench.add("Cam", "webcam");
    auto &lost = *bench.panel.findChild<QComboBox *>("whileLost");
    auto &rests = *bench.panel.findChild<QCheckBox *>("rests");
    bench.button.click();
    bench.show();
    QVERIFY(lost.isEnabled() && rests.isEnabled());
    QTest::keyClick(&lost, Qt::Key_Down);
    QCOMPARE(bench.studio.published.size(), std::size_t(2));
    PublishConfig wanted = bench.studio.published.at(0);
    wanted.whileLost = WhileLost::LastPicture;
    QVERIFY(bench.studio.published.at(1) == wanted);
    QCOMPARE(lost.currentIndex(), 1); // also before the engine shows it
    bench.show();
    QCOMPARE(lost.currentIndex(), 1);
    rests.click();
    QVERIFY(!bench.studio.published.at(2).rests);
    QVERIFY(!rests.isChecked());
    bench.show();
    QVERIFY(!rests.isChecked());
    QVERIFY(bench.studio.unpublished.empty());
}

void PublishTest::aPictureForViewersCountsWhenItsFileIsGiven()
{
    PublishBench bench;
    bench.startServer();
    bench.add("Cam", "webcam");
    bench.button.click();
    bench.show();
    auto &lost = *bench.panel.findChild<QComboBox *>("whileLost");
    auto &line = *lost.parentWidget()->findChild<QLineEdit *>();
    QTest::keyClick(&lost, Qt::Key_Down);
    QTest::keyClick(&lost, Qt::Key_Down); // a picture, of which nothing is known yet
    bench.show();
    QCOMPARE(lost.currentData().toInt(), int(WhileLost::Image));
    QVERIFY(!line.isHidden());
    QCOMPARE(bench.studio.published.size(), std::size_t(2)); // only that of the last picture
    QTest::keyClicks(&line, "/soon.png");
    bench.show();
    QCOMPARE(line.text(), "/soon.png");
    QCOMPARE(bench.studio.published.size(), std::size_t(2));
    QTest::keyClick(&line, Qt::Key_Return);
    QCOMPARE(bench.studio.published.size(), std::size_t(3));
    QVERIFY(bench.studio.published.at(2).whileLost == WhileLost::Image);
    QVERIFY(bench.studio.published.at(2).lostImage == "/soon.png");
}

void PublishTest::aPathHalfTypedDoesNotPublishAgainWhatIsStopped()
{
    PublishBench bench;
    bench.startServer();
    bench.add("Cam", "webcam");
    bench.button.click();
    bench.show();
    auto &lost = *bench.panel.findChild<QComboBox *>("whileLost");
    auto &line = *lost.parentWidget()->findChild<QLineEdit *>();
    QTest::keyClick(&lost, Qt::Key_Down);
    QTest::keyClick(&lost, Qt::Key_Down);
    bench.show();
    QTest::keyClicks(&line, "/soon");
    const std::size_t before = bench.studio.published.size();
    bench.panel.action()->trigger(); // by its shortcut: the line keeps the focus
    QCOMPARE(bench.studio.unpublished.size(), std::size_t(1));
    QVERIFY(!line.isEnabled());
    emit line.editingFinished(); // as it does where it had the focus
    bench.show();
    QCOMPARE(bench.studio.published.size(), before);
}

void PublishTest::anotherSourceTakesThePlaceOfALiveOne()
{
    PublishBench bench;
    bench.startServer();
    const SourceId live = bench.add("Door", "webcam");
    auto &button = *bench.panel.findChild<QToolButton *>("takePlace");
    QVERIFY(button.isHidden());
    bench.button.click();
    bench.show();
    QVERIFY(button.isHidden()); // it is live itself
    const SourceId other = bench.add("Garden", "webcam");
    bench.selection.select(other);
    QVERIFY(!button.isHidden());
    button.menu()->actions().at(0)->trigger();
    QCOMPARE(bench.studio.swapped.size(), 1u);
    QVERIFY(bench.studio.swapped[0] == std::pair(live, other));
}

QTEST_MAIN(PublishTest)
#include "publish_test.moc"
