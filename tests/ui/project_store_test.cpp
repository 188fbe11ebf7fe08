// The last session comes back, changes are saved, and a damaged file is told about and left alone.
#include "project_store/project_store.h"
#include "server/server_control.h"
#include "studio_test.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

using namespace heliograph;
using namespace heliograph::testing;
using namespace heliograph::ui;

namespace {

struct StoreBench : Bench {
    PublishDesk desk{bridge};
    ServerControl server{bridge};
    QStringList told;
    std::unique_ptr<ProjectStore> store;

    void start()
    {
        store = std::make_unique<ProjectStore>(bridge, desk, server, projectFile(), openSecrets());
        QObject::connect(store.get(), &ProjectStore::failed, store.get(),
                         [this](const QString &sentence) { told += sentence; });
        QSignalSpy fetched(&desk, &PublishDesk::changed);
        store->restore();
        QVERIFY(fetched.wait()); // the passwords come from another thread
        for (int i = 0; i < 3; ++i) // until everything has settled
            show();
    }
    bool isSaved() const { return std::filesystem::exists(projectFile()); }
    Project saved() const { return loadProject(projectFile()).value(); }
    QByteArray bytes() const
    {
        QFile file(QString::fromStdString(projectFile().string()));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void write(const QByteArray &content) const
    {
        QFile file(QString::fromStdString(projectFile().string()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }
};

Project lastSession()
{
    Project project;
    project.sources = {
        {{"Workshop", "webcam", {{"device", std::string("pipewire:testcam")}}},
         {"cam", Audience::MyNetwork},
         true},
        {{"Bars", "pattern", {}}, {"bars-later", Audience::MyNetwork}, false},
    };
    project.outputs = {{"rtsp", {{"port", std::int64_t(9000)}}}};
    return project;
}

} // namespace

class ProjectStoreTest : public QObject {
    Q_OBJECT
private slots:
    void aFirstStartWritesNothing();
    void theLastSessionComesBack();
    void whatWasNotPublishedKeepsItsChoice();
    void aChangeIsSavedAfterAMoment();
    void aChangeJustBeforeTheEndIsSaved();
    void aBrokenFileIsToldAndNeverWritten();
    void aSourceThatCannotBeAddedStaysInTheFile();
    void aWrongValueIsToldWithItsPlaceAndStaysInTheFile();
    void aFolderIsNoProjectFile();
    void whileSourcesComeBackNothingIsSaved();
    void comingBackIsNoChange();
    void passwordsComeBackFromTheKeyring();
    void withoutItsPasswordNothingIsPublished();
    void aKeyringThatFailsIsTold();
    void passwordsAreKeptAndNeverInTheProjectFile();
    void aSecretSettingComesBackFromTheKeyring();
    void aSecretInTheFileMovesToTheKeyring();
    void aRemovedSourceTakesItsPasswordAlong();
    void bansComeBackAndAreSaved();
};

void ProjectStoreTest::aFirstStartWritesNothing()
{
    StoreBench bench;
    bench.start();
    QCOMPARE(bench.studio.configured.size(), std::size_t(2)); // RTSP and RTMP
    QCOMPARE(bench.studio.configured[0].type, std::string("rtsp"));
    QVERIFY(bench.studio.configured[0].settings.empty());
    bench.store.reset();
    QVERIFY(!bench.isSaved());
    QVERIFY(bench.told.isEmpty());
}

void ProjectStoreTest::theLastSessionComesBack()
{
    StoreBench bench;
    QVERIFY(saveProject(lastSession(), bench.projectFile()));
    bench.start();
    QCOMPARE(bench.studio.added.size(), std::size_t(2));
    QCOMPARE(bench.studio.added[0].name, std::string("Workshop"));
    QCOMPARE(textOf(bench.studio.added[0].settings, "device"), std::string("pipewire:testcam"));
    QCOMPARE(bench.studio.published.size(), std::size_t(1));
    QCOMPARE(bench.studio.published[0].mount, std::string("cam"));
    QVERIFY(bench.studio.published[0].audience == Audience::MyNetwork);
    QCOMPARE(integerOf(bench.studio.configured[0].settings, "port"), 9000);
}

void ProjectStoreTest::whatWasNotPublishedKeepsItsChoice()
{
    StoreBench bench;
    QVERIFY(saveProject(lastSession(), bench.projectFile()));
    bench.start();
    const PublishConfig choice = bench.desk.configOf(bench.studio.next.sources[1]);
    QCOMPARE(choice.mount, std::string("bars-later"));
    QVERIFY(choice.audience == Audience::MyNetwork);
}

void ProjectStoreTest::aChangeIsSavedAfterAMoment()
{
    StoreBench bench;
    bench.start();
    const SourceId id = bench.add("Bars", "pattern");
    QVERIFY(!bench.isSaved());
    QTRY_VERIFY(bench.isSaved());
    QCOMPARE(bench.saved().sources.size(), std::size_t(1));
    QCOMPARE(bench.saved().sources[0].source.name, std::string("Bars"));
    QVERIFY(!bench.saved().sources[0].published);

    bench.desk.publish(id, {"bars", Audience::MyNetwork});
    bench.show();
    QTRY_VERIFY(bench.saved().sources[0].published);
    QCOMPARE(bench.saved().sources[0].publish.mount, std::string("bars"));

    bench.server.configure("rtsp", {{"port", std::int64_t(9001)}});
    QTRY_VERIFY(!bench.saved().outputs[0].settings.empty());
    QCOMPARE(integerOf(bench.saved().outputs[0].settings, "port"), 9001);
}

void ProjectStoreTest::aChangeJustBeforeTheEndIsSaved()
{
    StoreBench bench;
    bench.start();
    bench.add("Bars", "pattern");
    bench.store.reset();
    QVERIFY(bench.isSaved());
    QCOMPARE(bench.saved().sources.size(), std::size_t(1));
}

void ProjectStoreTest::aBrokenFileIsToldAndNeverWritten()
{
    StoreBench bench;
    const QByteArray broken = "version = 1\n[[source\n";
    bench.write(broken);
    bench.start();
    QCOMPARE(bench.told.size(), 1);
    QVERIFY2(bench.told[0].contains("line 2"), qPrintable(bench.told[0]));
    QVERIFY(bench.told[0].contains("project.toml"));
    QCOMPARE(bench.studio.configured.size(),
             std::size_t(2)); // RTSP and RTMP // the server runs all the same
    bench.add("Bars", "pattern");
    QTest::qWait(900);
    QCOMPARE(bench.told.size(), 1); // not even tried
    bench.store.reset();
    QCOMPARE(bench.bytes(), broken);
}

void ProjectStoreTest::aSourceThatCannotBeAddedStaysInTheFile()
{
    StoreBench bench;
    Project project = lastSession();
    project.sources[0].source.type = "from-the-future";
    QVERIFY(saveProject(project, bench.projectFile()));
    bench.start();
    QCOMPARE(bench.told.size(), 1);
    QVERIFY(bench.told[0].contains("Workshop"));
    bench.add("More", "pattern");
    bench.store.reset();
    const Project saved = bench.saved();
    QCOMPARE(saved.sources.size(), std::size_t(3));
    QVERIFY(saved.sources[2] == project.sources[0]);
}

void ProjectStoreTest::aWrongValueIsToldWithItsPlaceAndStaysInTheFile()
{
    StoreBench bench;
    bench.write("version = 1\nbanned = [\"10.0.0.9\", \"no address\"]\n[[source]]\n"
                "name = \"Bars\"\ntype = \"pattern\"\nsettings = { fps = 1000 }\n[[output]]\n"
                "type = \"rtsp\"\nsettings = { port = 0 }\n");
    bench.start();
    QCOMPARE(bench.told.size(), 3); // a ban, a server, a source
    for (int i = 0; i < 3; ++i) {
        const QString place = QStringList{"line 2", "line 9", "line 6"}[i];
        QVERIFY2(bench.told[i].contains("project.toml › " + place), qPrintable(bench.told[i]));
    }
    QVERIFY2(bench.told[2].contains("Bars"), qPrintable(bench.told[2]));
    QVERIFY(bench.studio.added.empty());
    QCOMPARE(bench.studio.next.banned, std::vector<std::string>{"10.0.0.9"});
    bench.add("More", "pattern");
    bench.store.reset();
    QCOMPARE(bench.saved().sources.size(), std::size_t(2));
    QCOMPARE(integerOf(bench.saved().sources[1].source.settings, "fps"), 1000);
}

void ProjectStoreTest::aFolderIsNoProjectFile()
{
    StoreBench bench;
    std::filesystem::create_directory(bench.projectFile());
    bench.start();
    QCOMPARE(bench.told.size(), 1);
    QVERIFY2(bench.told[0].contains("folder"), qPrintable(bench.told[0]));
}

void ProjectStoreTest::whileSourcesComeBackNothingIsSaved()
{
    StoreBench bench;
    QVERIFY(saveProject(lastSession(), bench.projectFile()));
    const QByteArray before = bench.bytes();
    bench.studio.hold = true;
    bench.start();
    QTest::qWait(900);
    bench.store.reset(); // closed before the engine answered
    QCOMPARE(bench.bytes(), before);
}

void ProjectStoreTest::comingBackIsNoChange()
{
    StoreBench bench;
    QVERIFY(saveProject(lastSession(), bench.projectFile()));
    const QByteArray before = bench.bytes();
    bench.studio.hold = true;
    bench.start();
    bench.studio.answerAll(); // added, and asked to publish
    bench.show();
    bench.studio.answerAll(); // published
    for (int i = 0; i < 3; ++i)
        bench.show();
    QTest::qWait(900);
    bench.store.reset();
    QCOMPARE(bench.bytes(), before);
}

namespace {

Project lockedSession()
{
    Project project = lastSession();
    project.sources[0].publish.audience = Audience::MyNetworkWithPassword;
    project.sources[0].publish.users = {{"ann", Secret(), {}}};
    return project;
}

} // namespace

void ProjectStoreTest::passwordsComeBackFromTheKeyring()
{
    StoreBench bench;
    QVERIFY(saveProject(lockedSession(), bench.projectFile()));
    bench.keyring.secrets["user cam ann"] = Secret("sesame");
    bench.start();
    QCOMPARE(bench.studio.published.size(), std::size_t(1));
    QCOMPARE(bench.studio.published[0].users[0].password.reveal(), std::string("sesame"));
    QVERIFY(bench.told.isEmpty());
}

void ProjectStoreTest::withoutItsPasswordNothingIsPublished()
{
    StoreBench bench;
    QVERIFY(saveProject(lockedSession(), bench.projectFile()));
    bench.start();
    QVERIFY(bench.studio.published.empty());
    const SourceSnapshot &source = bench.studio.next.sources[0];
    QVERIFY(bench.desk.problemOf(source.id).contains("ann"));
    QVERIFY(bench.desk.configOf(source).audience == Audience::MyNetworkWithPassword);
    bench.store.reset();
    QVERIFY(bench.saved().sources[0].published); // the next time it may be found
}

void ProjectStoreTest::aKeyringThatFailsIsTold()
{
    StoreBench bench;
    QVERIFY(saveProject(lockedSession(), bench.projectFile()));
    bench.keyring.fail = Error{ErrorCode::FileExposed, "secrets.toml"};
    bench.start();
    QVERIFY(bench.studio.published.empty());
    QVERIFY(bench.desk.problemOf(bench.studio.next.sources[0].id).contains("secrets.toml"));
    bench.add("More", "pattern"); // with a password that cannot be kept
    QTRY_VERIFY(!bench.told.isEmpty());
    QVERIFY2(bench.told[0].contains("secrets.toml"), qPrintable(bench.told[0]));
    QTRY_COMPARE(bench.saved().sources.size(), std::size_t(3)); // all else is saved
}

void ProjectStoreTest::aSecretSettingComesBackFromTheKeyring()
{
    StoreBench bench;
    Project project;
    project.sources = {{{"OBS", "rtmp", {}}, {"obs", Audience::MyNetwork}, true}};
    QVERIFY(saveProject(project, bench.projectFile()));
    bench.keyring.secrets["setting obs key"] = Secret("sesame");
    bench.start();
    QCOMPARE(secretOf(bench.studio.added[0].settings, "key").reveal(), std::string("sesame"));
}

void ProjectStoreTest::aSecretInTheFileMovesToTheKeyring()
{
    StoreBench bench;
    bench.write("version = 1\n[[source]]\nname = \"OBS\"\ntype = \"rtmp\"\nmount = \"obs\"\n"
                "published = true\naudience = \"my-network\"\nsettings = { key = \"sesame\" }\n");
    bench.start();
    QCOMPARE(secretOf(bench.studio.added[0].settings, "key").reveal(), std::string("sesame"));
    bench.add("More", "pattern"); // so that the file is written
    QTRY_COMPARE(bench.saved().sources.size(), std::size_t(2));
    QVERIFY(!bench.bytes().contains("sesame"));
    QVERIFY(bench.keyring.secrets["setting obs key"] == Secret("sesame"));
}

void ProjectStoreTest::passwordsAreKeptAndNeverInTheProjectFile()
{
    StoreBench bench;
    bench.start();
    const SourceId id = bench.add("Bars", "pattern");
    PublishConfig config = bench.desk.configOf(*bench.bridge.source(id));
    QVERIFY(config.audience == Audience::MyNetworkWithPassword);
    const Secret made = config.users.at(0).password;
    QTRY_VERIFY(bench.isSaved());
    bench.desk.publish(id, config);
    bench.show();
    bench.store.reset();
    QVERIFY(bench.saved().sources[0].published);
    QCOMPARE(bench.saved().sources[0].publish.users[0].name, std::string("viewer"));
    QCOMPARE(bench.keyring.secrets.at("user stream1 viewer").reveal(), made.reveal());
    QVERIFY(!bench.bytes().contains(made.reveal().c_str()));
}

void ProjectStoreTest::aRemovedSourceTakesItsPasswordAlong()
{
    StoreBench bench;
    bench.start();
    const SourceId id = bench.add("Bars", "pattern");
    QTRY_VERIFY(bench.isSaved());
    QCOMPARE(bench.keyring.secrets.size(), std::size_t(1));
    bench.studio.removeSource(id, [](Result<>) {});
    bench.show();
    bench.store.reset();
    QVERIFY(bench.keyring.secrets.empty());
}

void ProjectStoreTest::bansComeBackAndAreSaved()
{
    StoreBench bench;
    Project project = lastSession();
    project.banned = {"192.168.1.66"};
    QVERIFY(saveProject(project, bench.projectFile()));
    bench.start();
    QCOMPARE(bench.studio.next.banned, project.banned);
    bench.studio.setBanned("10.0.0.9", true, [](Result<>) {});
    bench.show();
    bench.store.reset();
    QCOMPARE(bench.saved().banned, (std::vector<std::string>{"192.168.1.66", "10.0.0.9"}));
}

QTEST_MAIN(ProjectStoreTest)
#include "project_store_test.moc"
