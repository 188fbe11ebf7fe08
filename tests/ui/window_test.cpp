// The whole window over a fake engine: the first run, accessible names, previews only while seen,
// closing while live.
#include "inspector/level_meter.h"
#include "main_window/main_window.h"
#include "notices/message_bar.h"
#include "studio_test.h"
#include "style/colors.h"
#include "wall/preview_tile.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace heliograph;
using namespace heliograph::testing;
using namespace heliograph::ui;

namespace {

struct WindowBench : Bench {
    std::unique_ptr<MainWindow> window;

    explicit WindowBench(std::vector<DeviceInfo> devices = {testCamera()})
    {
        studio.next.devices = std::move(devices);
        studio.publishSnapshot();
        bridge.poll();
        window = std::make_unique<MainWindow>(bridge, projectFile(), openSecrets());
        window->restore();
        window->show();
        show();
    }
    QPushButton *button(const QString &name) const { return named<QPushButton>(*window, name); }
    QList<QMessageBox *> questions() const { return window->findChildren<QMessageBox *>(); }
    void goLive()
    {
        button("Test Camera")->click();
        show();
        button("Publish")->click();
        show();
    }
};

bool isInteractive(const QWidget *widget)
{
    return qobject_cast<const QAbstractButton *>(widget) || qobject_cast<const QLineEdit *>(widget)
        || qobject_cast<const QComboBox *>(widget) || qobject_cast<const QAbstractSpinBox *>(widget)
        || qobject_cast<const QAbstractItemView *>(widget)
        || qobject_cast<const PreviewTile *>(widget);
}

// Parts that Qt makes inside its own controls speak through their parent.
bool isPartOfAControl(const QWidget *widget)
{
    if (widget->objectName().startsWith("qt_"))
        return true;
    for (const QWidget *parent = widget->parentWidget(); parent; parent = parent->parentWidget()) {
        if (qobject_cast<const QComboBox *>(parent)
            || qobject_cast<const QAbstractSpinBox *>(parent)
            || qobject_cast<const QAbstractItemView *>(parent)
            || qobject_cast<const QMenu *>(parent))
            return true;
    }
    return false;
}

QStringList nameless(const QWidget &root)
{
    QStringList found;
    for (const QWidget *widget : root.findChildren<QWidget *>()) {
        if (isInteractive(widget) && !isPartOfAControl(widget)
            && widget->accessibleName().isEmpty())
            found += QString("%1 %2").arg(widget->metaObject()->className(), widget->objectName());
    }
    return found;
}

QStringList disabledWithoutReason(const QWidget &root)
{
    QStringList found;
    for (const QAbstractButton *button : root.findChildren<QAbstractButton *>()) {
        const QString said = button->toolTip(); // an action says its own name when it has nothing
        if (!isPartOfAControl(button) && !button->isEnabled()
            && (said.isEmpty() || said == button->accessibleName()))
            found += button->accessibleName();
    }
    return found;
}

DeviceInfo openWindow(const std::string &title)
{
    return {"window:" + title, title, "webcam", {}, DeviceKind::Window};
}

} // namespace

class WindowTest : public QObject {
    Q_OBJECT
private slots:
    void theFirstRunOffersEveryCamera();
    void aSmallWindowDoesNotPressTheButtonsTogether();
    void aCameraThatComesLaterAppears();
    void withoutACameraItSaysWhatToDo();
    void aClickOnACameraAddsAndSelectsIt();
    void theAddMenuHasCamerasAndTypes();
    void windowsHaveAMenuOfTheirOwn();
    void aTitleThatChangesTakesNothingAway();
    void aSecondOneGetsANameOfItsOwn();
    void aNewSourceGetsASecretOfItsOwn();
    void renamingAsksTheEngine();
    void aTypedSettingReachesTheEngine();
    void everyControlHasANameAndEveryDisabledOneAReason();
    void previewsAreWantedOnlyWhileSeen();
    void aProblemTakesThePicturesPlace();
    void aCamerasStoryIsToldBesideItsSettings();
    void theMeterShowsHowLoudItIs();
    void aFileThatIsDroppedBecomesASource();
    void severalThatAreDroppedBecomeOneThatPlaysThemAll();
    void nothingElseIsTakenByADrop();
    void aServerThatDoesNotRunIsToldAcrossTheTop();
    void theCertificatesFingerprintIsInTheServersWindow();
    void closingWhenIdleAsksNothing();
    void closingWhileLiveAsksOnce();
    void removingALiveSourceAsks();
    void aPasswordIsNowhereButInItsField();
};

void WindowTest::theFirstRunOffersEveryCamera()
{
    WindowBench bench({testCamera(), {"v4l2:two", "Second Camera", "webcam", {}}});
    QVERIFY(bench.button("Test Camera")->isVisible());
    QVERIFY(bench.button("Second Camera")->isVisible());
    QVERIFY(bench.button("Test pattern")->isVisible());
}

void WindowTest::aSmallWindowDoesNotPressTheButtonsTogether()
{
    WindowBench bench({testCamera(), {"v4l2:two", "Second Camera", "webcam", {}}});
    bench.window->resize(900, 400);
    QTest::qWait(50);
    int bottom = -1;
    for (const char *name :
         {"Test Camera", "Second Camera", "Video file", "Encoder", "Test pattern"}) {
        const QPushButton *button = bench.button(name);
        QVERIFY2(button->y() > bottom, name);
        bottom = button->geometry().bottom();
    }
}

void WindowTest::aCameraThatComesLaterAppears()
{
    WindowBench bench{std::vector<DeviceInfo>()};
    QVERIFY(!bench.button("Test Camera"));
    bench.studio.next.devices = {testCamera()};
    bench.show();
    QTRY_VERIFY(bench.button("Test Camera")->isVisible());
    const QPushButton *before = bench.button("Test Camera");
    bench.show(); // nothing new: the same button stays, so a click on its way hits it
    QCOMPARE(bench.button("Test Camera"), before);
}

void WindowTest::withoutACameraItSaysWhatToDo()
{
    WindowBench bench{std::vector<DeviceInfo>()};
    bool said = false;
    for (const QLabel *label : bench.window->findChildren<QLabel *>())
        said = said || (label->isVisible() && label->text().contains("Plug one in"));
    QVERIFY(said);
    QVERIFY(bench.button("Test pattern")->isVisible());
}

void WindowTest::aClickOnACameraAddsAndSelectsIt()
{
    WindowBench bench;
    bench.button("Test Camera")->click();
    bench.show();
    QCOMPARE(bench.studio.added.size(), std::size_t(1));
    QCOMPARE(bench.studio.added[0].type, std::string("webcam"));
    QCOMPARE(textOf(bench.studio.added[0].settings, "device"), std::string("pipewire:testcam"));
    auto *list = named<QListView>(*bench.window, "Sources");
    QVERIFY(list->isVisible());
    QCOMPARE(list->selectionModel()->selectedRows().value(0).data().toString(), "Test Camera");
    QVERIFY(bench.button("Publish")->isEnabled());
}

void WindowTest::theAddMenuHasCamerasAndTypes()
{
    WindowBench bench;
    QStringList titles;
    for (const QAction *action : bench.window->findChild<QMenu *>("addMenu")->actions())
        if (action->isVisible())
            titles += action->text();
    QCOMPARE(titles,
             (QStringList{"Test Camera", "", "Webcam", "Video file", "Encoder", "Test pattern"}));
}

void WindowTest::windowsHaveAMenuOfTheirOwn()
{
    WindowBench bench({testCamera(),
                       {"screen", "Whole screen", "webcam", {}, DeviceKind::Screen},
                       openWindow("Salt & pepper")});
    QVERIFY(bench.button("Whole screen")->isVisible());
    QVERIFY(!bench.button("Salt & pepper"));
    QMenu *windows = nullptr;
    QStringList titles;
    for (const QAction *action : bench.window->findChild<QMenu *>("addMenu")->actions()) {
        titles += action->text();
        windows = action->menu() ? action->menu() : windows;
    }
    QCOMPARE(titles,
             (QStringList{"Test Camera", "Whole screen", "Window", "", "Webcam", "Video file",
                          "Encoder", "Test pattern"}));
    QCOMPARE(windows->actions().size(), 1);
    QCOMPARE(windows->actions()[0]->text(), "Salt && pepper");
    windows->actions()[0]->trigger();
    QCOMPARE(bench.studio.added[0].name, std::string("Salt & pepper"));
    QCOMPARE(textOf(bench.studio.added[0].settings, "device"), std::string("window:Salt & pepper"));
}

void WindowTest::aTitleThatChangesTakesNothingAway()
{
    WindowBench bench({testCamera(), openWindow("One")});
    QMenu *menu = bench.window->findChild<QMenu *>("addMenu");
    const QAction *item = menu->actions()[0];
    const QPushButton *button = bench.button("Test Camera");
    bench.studio.next.devices = {testCamera(), openWindow("Two")};
    bench.show();
    QTRY_COMPARE(menu->actions()[1]->menu()->actions()[0]->text(), "Two");
    QCOMPARE(menu->actions()[0], item);
    QCOMPARE(bench.button("Test Camera"), button);
    bench.studio.next.devices = {testCamera()};
    bench.show();
    QTRY_VERIFY(!menu->actions()[1]->isVisible());
}

void WindowTest::aSecondOneGetsANameOfItsOwn()
{
    WindowBench bench;
    QMenu *menu = bench.window->findChild<QMenu *>("addMenu");
    menu->actions().last()->trigger();
    bench.show();
    menu->actions().last()->trigger();
    QCOMPARE(bench.studio.added[1].name, std::string("Test pattern 2"));
}

void WindowTest::aNewSourceGetsASecretOfItsOwn()
{
    WindowBench bench;
    for (QAction *action : bench.window->findChild<QMenu *>("addMenu")->actions())
        if (action->text() == "Encoder")
            action->trigger();
    QCOMPARE(bench.studio.added.size(), std::size_t(1));
    QCOMPARE(secretOf(bench.studio.added[0].settings, "key").reveal().size(), std::size_t(17));
}

void WindowTest::renamingAsksTheEngine()
{
    WindowBench bench;
    bench.button("Test Camera")->click();
    bench.show();
    auto *list = named<QListView>(*bench.window, "Sources");
    QVERIFY(list->model()->setData(list->currentIndex(), " Workshop "));
    QCOMPARE(bench.studio.changed.size(), std::size_t(1));
    QCOMPARE(bench.studio.changed[0].name, std::string("Workshop"));
    QVERIFY(!list->model()->setData(list->currentIndex(), "  "));
    QCOMPARE(bench.studio.changed.size(), std::size_t(1));
}

void WindowTest::aTypedSettingReachesTheEngine()
{
    WindowBench bench;
    bench.button("Test Camera")->click();
    bench.show();
    named<QAbstractSpinBox>(*bench.window, "Bitrate")->stepUp();
    QTRY_COMPARE(bench.studio.changed.size(), std::size_t(1));
    QCOMPARE(integerOf(bench.studio.changed[0].settings, "bitrate_kbps"), 2600);
    QCOMPARE(textOf(bench.studio.changed[0].settings, "device"), std::string("pipewire:testcam"));
}

void WindowTest::everyControlHasANameAndEveryDisabledOneAReason()
{
    WindowBench bench;
    QCOMPARE(nameless(*bench.window).join(", "), QString());
    QCOMPARE(disabledWithoutReason(*bench.window).join(", "), QString());
    bench.window->findChild<QMenu *>("addMenu")->actions().last()->trigger();
    bench.show();
    QCOMPARE(nameless(*bench.window).join(", "), QString());
    bench.button("Publish")->click();
    bench.show();
    named<QToolButton>(*bench.window, "Server settings")->click();
    QVERIFY(bench.window->findChild<QDialog *>("serverDialog"));
    for (QAction *action : bench.window->findChildren<QAction *>())
        if (action->text().contains("Banned"))
            action->trigger();
    QVERIFY(bench.window->findChild<QDialog *>("bannedDialog"));
    QCOMPARE(nameless(*bench.window).join(", "), QString());
    QCOMPARE(disabledWithoutReason(*bench.window).join(", "), QString());
}

void WindowTest::previewsAreWantedOnlyWhileSeen()
{
    WindowBench bench;
    const SourceId id = bench.add("Cam", "webcam");
    QTRY_VERIFY(bench.studio.tap(id).wanted);
    auto frame = std::make_shared<PreviewFrame>();
    frame->width = 64;
    frame->height = 36;
    frame->planes.resize(64 * 36 * 3 / 2);
    bench.studio.tap(id).next = frame;
    QTRY_VERIFY(!bench.studio.tap(id).next); // taken
    bench.window->hide();
    QTRY_VERIFY(!bench.studio.tap(id).wanted);
    bench.studio.tap(id).next = frame;
    QTest::qWait(300);
    QVERIFY(bench.studio.tap(id).next); // nobody looks
    bench.window->show();
    QTRY_VERIFY(bench.studio.tap(id).wanted);
}

void WindowTest::aProblemTakesThePicturesPlace()
{
    WindowBench bench;
    const SourceId id = bench.add("Cam", "webcam");
    bench.studio.source(id).health = {
        HealthState::Retrying, Error{ErrorCode::DeviceGone, ""}, std::chrono::seconds(3), {}};
    bench.show();
    auto *tile = named<PreviewTile>(*bench.window, "Preview of Cam");
    bool said = false, badge = false;
    for (const QLabel *label : tile->findChildren<QLabel *>()) {
        said = said || (label->isVisible() && label->text().contains("not plugged in"));
        badge = badge || label->text() == "Retrying";
    }
    QVERIFY(said);
    QVERIFY(badge);
}

void WindowTest::aCamerasStoryIsToldBesideItsSettings()
{
    WindowBench bench;
    bench.goLive(); // the new source is the one that is shown
    auto *story = bench.window->findChild<QLabel *>("story");
    QVERIFY(!story->isVisible());
    bench.studio.next.sources[0].story = {
        {StoryLine::Fact::Calling, "rtsp://ann:sesame@door/live", {}, {}},
        {StoryLine::Fact::NotReached, {}, {}, Error{ErrorCode::HostUnknown, "door"}}};
    bench.show();
    QVERIFY(story->isVisible());
    QVERIFY2(story->text().startsWith("Calling rtsp://…@door/live.\nIt cannot be reached. Nothing "
                                      "in the network has this name"),
             qPrintable(story->text()));
}

void WindowTest::theMeterShowsHowLoudItIs()
{
    WindowBench bench;
    bench.goLive();
    auto *meter = bench.window->findChild<LevelMeter *>();
    QVERIFY(!meter->isVisible()); // it has no sound
    bench.studio.next.sources[0].sound = SoundLevel{-12, 42};
    bench.show();
    QVERIFY(meter->isVisible());
    QVERIFY(std::abs(meter->shown() - -12) < 0.1);
    QVERIFY2(meter->toolTip().contains("42 ppm fast"), qPrintable(meter->toolTip()));
    const QImage picture = meter->grab().toImage();
    const int middle = picture.height() / 2;
    QCOMPARE(picture.pixelColor(picture.width() / 2, middle), colors::live);
    QCOMPARE(picture.pixelColor(picture.width() * 9 / 10, middle), colors::border);
    bench.studio.next.sources[0].sound = SoundLevel{-90, {}};
    bench.show();
    QVERIFY2(meter->shown() > -30, "it falls slowly");
}

namespace {

bool drop(QWidget &window, const QList<QUrl> &urls)
{
    QMimeData data;
    data.setUrls(urls);
    const QPoint middle = window.rect().center();
    QDragEnterEvent enter(middle, Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(&window, &enter);
    if (!enter.isAccepted())
        return false;
    QDropEvent event(middle, Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(&window, &event);
    return event.isAccepted() && event.dropAction() == Qt::CopyAction;
}

} // namespace

void WindowTest::aFileThatIsDroppedBecomesASource()
{
    QTemporaryDir folder;
    const QString path = folder.filePath("A day.out.mp4");
    QVERIFY(QFile(path).open(QIODevice::WriteOnly));
    WindowBench bench;
    QVERIFY(drop(*bench.window, {QUrl::fromLocalFile(path)}));
    bench.show();
    QCOMPARE(bench.studio.next.sources.size(), std::size_t(1));
    const SourceConfig &added = bench.studio.next.sources[0].config;
    QCOMPARE(added.name, std::string("A day.out"));
    QCOMPARE(added.type, std::string("file"));
    QCOMPARE(std::get<std::string>(added.settings.at("path")), path.toStdString());
}

void WindowTest::severalThatAreDroppedBecomeOneThatPlaysThemAll()
{
    QTemporaryDir folder;
    QList<QUrl> urls;
    for (const char *name : {"b.mp4", "a.mp4"}) {
        QVERIFY(QFile(folder.filePath(name)).open(QIODevice::WriteOnly));
        urls += QUrl::fromLocalFile(folder.filePath(name));
    }
    WindowBench bench;
    QVERIFY(drop(*bench.window, urls));
    QCOMPARE(bench.studio.next.sources.size(), std::size_t(1));
    const SourceConfig &added = bench.studio.next.sources[0].config;
    QCOMPARE(added.name, std::string("b"));
    QCOMPARE(std::get<std::string>(added.settings.at("path")),
             folder.filePath("b.mp4").toStdString() + "\n"
                 + folder.filePath("a.mp4").toStdString());
}

void WindowTest::nothingElseIsTakenByADrop()
{
    QTemporaryDir folder;
    WindowBench bench;
    QVERIFY(!drop(*bench.window, {QUrl::fromLocalFile(folder.path())}));
    QVERIFY(!drop(*bench.window, {QUrl("https://example.org/a.mp4")}));
    QVERIFY(bench.studio.next.sources.empty());
}

void WindowTest::aServerThatDoesNotRunIsToldAcrossTheTop()
{
    WindowBench bench;
    auto *bar = bench.window->findChild<MessageBar *>();
    QVERIFY(!bar->isVisible());
    bench.studio.next.outputs[0].health = {
        HealthState::Failed, Error{ErrorCode::PortInUse, "vlc (process 12)"}, {}, {}};
    bench.show();
    QVERIFY(bar->isVisible());
    QVERIFY(bar->findChild<QPushButton *>()->isVisible());
    bench.studio.next.outputs[0].health = {HealthState::Ok, {}, {}, {}};
    bench.show();
    QVERIFY(!bar->isVisible());
}

void WindowTest::theCertificatesFingerprintIsInTheServersWindow()
{
    WindowBench bench;
    OutputSnapshot &output = bench.studio.next.outputs.at(0);
    output.securePort = 8322;
    output.fingerprint = "AB:CD";
    bench.show();
    named<QToolButton>(*bench.window, "Server settings")->click();
    const auto says = [&](const QString &wanted) {
        const auto labels =
            bench.window->findChild<QDialog *>("serverDialog")->findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(),
                           [&](const QLabel *label) { return label->text().contains(wanted); });
    };
    QVERIFY(says("Encrypted on port 8322. Certificate, SHA-256: AB:CD"));
    output.securePort = 0;
    output.secureHealth = Health{HealthState::Retrying, Error{ErrorCode::PortInUse, "vlc"}, {}, {}};
    bench.show();
    QVERIFY(says("Not encrypted: Another program is using this port: vlc"));
}

void WindowTest::closingWhenIdleAsksNothing()
{
    WindowBench bench;
    QVERIFY(bench.window->close());
    QVERIFY(bench.questions().isEmpty());
}

void WindowTest::closingWhileLiveAsksOnce()
{
    WindowBench bench;
    bench.goLive();
    QVERIFY(!bench.window->close());
    QVERIFY(!bench.window->close());
    QCOMPARE(bench.questions().size(), 1);
    bench.questions()[0]->button(QMessageBox::Cancel)->click();
    QTRY_VERIFY(bench.questions().isEmpty());
    QVERIFY(bench.window->isVisible());

    QVERIFY(!bench.window->close());
    bench.button("Stop and close")->click();
    QTRY_VERIFY(!bench.window->isVisible());
}

void WindowTest::removingALiveSourceAsks()
{
    WindowBench bench;
    bench.goLive();
    named<QToolButton>(*bench.window, "Remove")->click();
    QCOMPARE(bench.questions().size(), 1);
    QCOMPARE(bench.studio.next.sources.size(), std::size_t(1));
    named<QPushButton>(*bench.questions()[0], "Remove")->click();
    QCOMPARE(bench.studio.next.sources.size(), std::size_t(0));
}

void WindowTest::aPasswordIsNowhereButInItsField()
{
    WindowBench bench;
    bench.goLive();
    const QString secret = named<QLineEdit>(*bench.window, "Password")->text();
    QCOMPARE(secret.size(), 17);
    named<QToolButton>(*bench.window, "Copy address with password")->click();
    for (QWidget *widget : QApplication::allWidgets()) {
        QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(widget);
        for (const QString &shown :
             {widget->windowTitle(), widget->objectName(), widget->accessibleName(),
              widget->accessibleDescription(), widget->toolTip(), widget->statusTip(),
              spoken ? spoken->text(QAccessible::Value) : QString(),
              spoken ? spoken->text(QAccessible::Name) : QString()})
            QVERIFY2(!shown.contains(secret), widget->metaObject()->className());
        const auto *label = qobject_cast<const QLabel *>(widget);
        QVERIFY(!label || !label->text().contains(secret));
    }
    bench.studio.source(SourceId(1)).published = false;
    bench.show();
    QVERIFY(bench.window->close()); // writes the settings
    const QSettings settings;
    for (const QString &key : settings.allKeys())
        QVERIFY(!settings.value(key).toByteArray().contains(secret.toUtf8()));
    QVERIFY(!settings.allKeys().isEmpty());
}

QTEST_MAIN(WindowTest)
#include "window_test.moc"
