// The form that draws any schema: each kind with a good and a bad value, and who wins when the
// engine and a person both have one.
#include "forms/field_row.h"
#include "forms/settings_form.h"
#include "studio_test.h"

#include <QAbstractSpinBox>
#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace heliograph;
using namespace heliograph::testing;
using namespace heliograph::ui;

namespace {

SettingField fieldOf(SettingKind kind, SettingValue fallback)
{
    SettingField field;
    field.key = "this_key";
    field.title = "This field";
    field.help = "What it does.";
    field.kind = kind;
    field.fallback = std::move(fallback);
    field.minimum = 1;
    field.maximum = 60;
    field.choices = {{"640x360", ""}, {"1280x720", ""}};
    if (kind == SettingKind::Choice)
        field.choices = {{"slow", "Slow"}, {"fast", "Fast"}};
    if (kind == SettingKind::Device) {
        field.choices = {{"", "First camera found"}};
        field.deviceType = "webcam";
    }
    return field;
}

QString problemIn(const SettingsForm &form)
{
    for (const QLabel *label : form.findChildren<QLabel *>()) {
        if (label->property("role") == "problem" && !label->isHidden())
            return label->text();
    }
    return {};
}

void type(QWidget &control, const QString &text)
{
    auto *line = qobject_cast<QLineEdit *>(&control);
    if (!line)
        line = control.findChild<QLineEdit *>();
    line->selectAll();
    QTest::keyClicks(line, text);
}

} // namespace

class SettingsFormTest : public QObject {
    Q_OBJECT
private slots:
    void aBadNumberSaysWhatIsAllowed_data();
    void aBadNumberSaysWhatIsAllowed();
    void aBadSizeSaysSo();
    void sizesCanBeTyped();
    void togglesChange();
    void textsChange();
    void aFileIsTypedOrLookedFor();
    void severalFilesAreLines();
    void aSecretIsHiddenUntilItIsAskedFor();
    void anySecretWillDoWhereOneIsGenerated();
    void choicesChangeByTitle();
    void aChoiceThatIsGoneSaysWhatThereIs();
    void devicesAreListedByName();
    void anUnpluggedDeviceStaysChosen();
    void whereOneIsMeantThereIsNoFirstOne();
    void changesWaitForAPauseAndComeTogether();
    void aBadEntryKeepsTheLastGoodValue();
    void theEngineDoesNotOverwriteAnEntryOnItsWay();
    void anotherSchemaSendsWhatWasWaiting();
    void arrowsStepWithinTheRange();
    void advancedFieldsAreFoldedAway();
};

void SettingsFormTest::aBadNumberSaysWhatIsAllowed_data()
{
    QTest::addColumn<bool>("real");
    QTest::addColumn<QString>("typed");
    QTest::newRow("too large") << false << "61";
    QTest::newRow("not a number") << false << "12x";
    QTest::newRow("empty") << false << " ";
    QTest::newRow("fraction for a whole number") << false << "2.5";
    QTest::newRow("real too small") << true << "0.5";
    QTest::newRow("real not a number") << true << "fast";
}

void SettingsFormTest::aBadNumberSaysWhatIsAllowed()
{
    QFETCH(bool, real);
    QFETCH(QString, typed);
    SettingsForm form;
    form.setSchema(
        {real ? fieldOf(SettingKind::Real, 30.0) : fieldOf(SettingKind::Integer, std::int64_t(30))},
        {});
    type(*named<QAbstractSpinBox>(form, "This field"), typed);
    QVERIFY(!form.isValid());
    QVERIFY2(problemIn(form).startsWith("This field must be"), qPrintable(problemIn(form)));
    QVERIFY(problemIn(form).contains("between 1 and 60"));
    type(*named<QAbstractSpinBox>(form, "This field"), "25");
    QVERIFY(form.isValid());
    QCOMPARE(problemIn(form), QString());
}

void SettingsFormTest::aBadSizeSaysSo()
{
    SettingsForm form;
    form.setSchema({fieldOf(SettingKind::Size, std::string("1280x720"))}, {});
    type(*named<QComboBox>(form, "This field"), "huge");
    QVERIFY(!form.isValid());
    QVERIFY(!problemIn(form).isEmpty());
    QCOMPARE(textOf(form.values(), "this_key"), std::string("1280x720"));
}

void SettingsFormTest::sizesCanBeTyped()
{
    SettingsForm form;
    form.setSchema({fieldOf(SettingKind::Size, std::string("1280x720"))}, {});
    type(*named<QComboBox>(form, "This field"), "800x600");
    QVERIFY(form.isValid());
    QCOMPARE(textOf(form.values(), "this_key"), std::string("800x600"));
}

void SettingsFormTest::togglesChange()
{
    SettingsForm form;
    form.setSchema({fieldOf(SettingKind::Toggle, false)}, {});
    named<QCheckBox>(form, "This field")->click();
    QVERIFY(toggleOf(form.values(), "this_key"));
}

void SettingsFormTest::textsChange()
{
    SettingsForm form;
    form.setSchema({fieldOf(SettingKind::Text, std::string("old"))}, {});
    type(*named<QLineEdit>(form, "This field"), "new");
    QCOMPARE(textOf(form.values(), "this_key"), std::string("new"));
}

void SettingsFormTest::aFileIsTypedOrLookedFor()
{
    SettingsForm form;
    form.setSchema({fieldOf(SettingKind::File, std::string("/tmp/old.mp4"))}, {});
    type(*named<QLineEdit>(form, "This field"), "/tmp/new.mp4");
    QCOMPARE(textOf(form.values(), "this_key"), std::string("/tmp/new.mp4"));
    named<QPushButton>(form, "Browse for This field")->click();
    auto *dialog = form.findChild<QFileDialog *>();
    QVERIFY(dialog);
    QCOMPARE(dialog->directory().absolutePath(), QString("/tmp"));
    emit dialog->fileSelected("/media/clip.mp4");
    QCOMPARE(textOf(form.values(), "this_key"), std::string("/media/clip.mp4"));
}

void SettingsFormTest::severalFilesAreLines()
{
    SettingsForm form;
    form.setSchema({fieldOf(SettingKind::Files, std::string("/tmp/old.mp4"))}, {});
    auto *lines = named<QPlainTextEdit>(form, "This field");
    const int low = lines->height();
    lines->selectAll();
    QTest::keyClicks(lines, "/tmp/new.mp4");
    QCOMPARE(textOf(form.values(), "this_key"), std::string("/tmp/new.mp4"));
    named<QPushButton>(form, "Add to This field")->click();
    emit form.findChild<QFileDialog *>()->filesSelected({"/media/a.mp4", "/media/b.mp4"});
    QCOMPARE(textOf(form.values(), "this_key"),
             std::string("/tmp/new.mp4\n/media/a.mp4\n/media/b.mp4"));
    QVERIFY(lines->height() > 2 * low);
    QTest::keyClick(lines, Qt::Key_Tab); // leaves the field
    QCOMPARE(lines->toPlainText().count('\t'), 0);
}

void SettingsFormTest::aSecretIsHiddenUntilItIsAskedFor()
{
    SettingsForm form;
    form.setSchema({fieldOf(SettingKind::Secret, Secret())}, {{"this_key", Secret("old")}});
    auto *line = named<QLineEdit>(form, "This field");
    QCOMPARE(line->text(), QString("old"));
    QCOMPARE(line->echoMode(), QLineEdit::Password);
    named<QToolButton>(form, "Show This field")->click();
    QCOMPARE(line->echoMode(), QLineEdit::Normal);
    type(*line, "sesame");
    QCOMPARE(secretOf(form.values(), "this_key").reveal(), std::string("sesame"));
    for (const QToolButton *button : form.findChildren<QToolButton *>())
        QVERIFY(button->accessibleName() != "New This field");
}

void SettingsFormTest::anySecretWillDoWhereOneIsGenerated()
{
    SettingField field = fieldOf(SettingKind::Secret, Secret());
    field.generated = true;
    SettingsForm form;
    form.setSchema({field}, {});
    named<QToolButton>(form, "New This field")->click();
    const std::string first = secretOf(form.values(), "this_key").reveal();
    QCOMPARE(first.size(), std::size_t(17));
    named<QToolButton>(form, "New This field")->click();
    QVERIFY(secretOf(form.values(), "this_key").reveal() != first);
}

void SettingsFormTest::choicesChangeByTitle()
{
    SettingsForm form;
    form.setSchema({fieldOf(SettingKind::Choice, std::string("slow"))}, {});
    auto *box = named<QComboBox>(form, "This field");
    QCOMPARE(box->currentText(), "Slow");
    QTest::keyClick(box, Qt::Key_Down);
    QCOMPARE(textOf(form.values(), "this_key"), std::string("fast"));
}

void SettingsFormTest::aChoiceThatIsGoneSaysWhatThereIs()
{
    SettingsForm form;
    form.setSchema({fieldOf(SettingKind::Choice, std::string("slow"))},
                   {{"this_key", std::string("warp")}});
    QVERIFY(!form.isValid());
    QVERIFY2(problemIn(form).contains("slow, fast"), qPrintable(problemIn(form)));
}

void SettingsFormTest::devicesAreListedByName()
{
    SettingsForm form;
    form.setSchema({fieldOf(SettingKind::Device, std::string())}, {});
    auto *box = named<QComboBox>(form, "This field");
    QCOMPARE(box->count(), 1);
    form.setDevices({testCamera(), {"m", "Microphone", "microphone", {}, DeviceKind::Microphone}});
    QCOMPARE(box->count(), 2); // of its own kind only
    QCOMPARE(box->itemText(0), "First camera found");
    QCOMPARE(box->itemText(1), "Test Camera");
    QTest::keyClick(box, Qt::Key_Down);
    QCOMPARE(textOf(form.values(), "this_key"), std::string("pipewire:testcam"));
}

void SettingsFormTest::whereOneIsMeantThereIsNoFirstOne()
{
    SettingsForm form;
    SettingField field = fieldOf(SettingKind::Device, std::string("screen"));
    field.choices.clear();
    field.deviceType = "screen";
    form.setSchema({field}, {});
    form.setDevices({{"screen", "Whole screen", "screen", {}, DeviceKind::Screen}});
    auto *box = named<QComboBox>(form, "This field");
    QCOMPARE(box->count(), 1);
    QCOMPARE(box->currentText(), "Whole screen");
}

void SettingsFormTest::anUnpluggedDeviceStaysChosen()
{
    SettingsForm form;
    form.setSchema({fieldOf(SettingKind::Device, std::string())},
                   {{"this_key", std::string("pipewire:testcam")}});
    form.setDevices({testCamera()});
    auto *box = named<QComboBox>(form, "This field");
    QCOMPARE(box->currentText(), "Test Camera");
    form.setDevices({});
    QVERIFY(form.isValid());
    QVERIFY(box->currentText().contains("pipewire:testcam"));
    QCOMPARE(textOf(form.values(), "this_key"), std::string("pipewire:testcam"));
    form.setDevices({testCamera()});
    QCOMPARE(box->currentText(), "Test Camera");
    QCOMPARE(box->count(), 2);
}

void SettingsFormTest::changesWaitForAPauseAndComeTogether()
{
    SettingsForm form;
    form.setSchema({fieldOf(SettingKind::Text, std::string())}, {});
    int changes = 0;
    Settings last;
    connect(&form, &SettingsForm::changed, &form, [&](const Settings &values) {
        ++changes;
        last = values;
    });
    type(*named<QLineEdit>(form, "This field"), "hello");
    QCOMPARE(changes, 0);
    QTRY_COMPARE(changes, 1);
    QCOMPARE(textOf(last, "this_key"), std::string("hello"));
}

void SettingsFormTest::aBadEntryKeepsTheLastGoodValue()
{
    SettingsForm form;
    form.setSchema({fieldOf(SettingKind::Integer, std::int64_t(30))}, {});
    type(*named<QAbstractSpinBox>(form, "This field"), "4x");
    QCOMPARE(integerOf(form.values(), "this_key"), 4); // what was right on the way there
    QVERIFY(!form.isValid());
}

void SettingsFormTest::theEngineDoesNotOverwriteAnEntryOnItsWay()
{
    SettingsForm form;
    form.setSchema({fieldOf(SettingKind::Text, std::string())}, {{"this_key", std::string("a")}});
    auto *line = named<QLineEdit>(form, "This field");
    type(*line, "mine");
    form.setValues({{"this_key", std::string("a")}}); // an older snapshot
    QCOMPARE(line->text(), "mine");
    form.setValues({{"this_key", std::string("mine")}}); // the engine has it
    form.setValues({{"this_key", std::string("theirs")}});
    QCOMPARE(line->text(), "theirs");
}

void SettingsFormTest::anotherSchemaSendsWhatWasWaiting()
{
    SettingsForm form;
    form.setSchema({fieldOf(SettingKind::Text, std::string())}, {});
    std::string sent;
    connect(&form, &SettingsForm::changed, &form,
            [&](const Settings &values) { sent = textOf(values, "this_key"); });
    type(*named<QLineEdit>(form, "This field"), "late");
    form.setSchema({}, {});
    QCOMPARE(sent, std::string("late"));
}

void SettingsFormTest::arrowsStepWithinTheRange()
{
    SettingsForm form;
    form.setSchema({fieldOf(SettingKind::Integer, std::int64_t(59))}, {});
    auto *box = named<QAbstractSpinBox>(form, "This field");
    for (int i = 0; i < 3; ++i)
        box->stepUp();
    QCOMPARE(integerOf(form.values(), "this_key"), 60);
    QVERIFY(form.isValid());
}

void SettingsFormTest::advancedFieldsAreFoldedAway()
{
    SettingField plain = fieldOf(SettingKind::Integer, std::int64_t(1));
    SettingField advanced = fieldOf(SettingKind::Integer, std::int64_t(2));
    advanced.key = advanced.title = "rare";
    advanced.advanced = true;
    SettingsForm form;
    form.setSchema({advanced, plain}, {});
    form.show();
    auto *fold = named<QToolButton>(form, "Advanced");
    QVERIFY(named<QWidget>(form, "This field")->isVisible());
    QVERIFY(!named<QWidget>(form, "rare")->isVisible());
    QCOMPARE(integerOf(form.values(), "rare"), 2); // folded away, and there
    fold->click();
    QVERIFY(named<QWidget>(form, "rare")->isVisible());
    form.setSchema({plain}, {});
    QVERIFY(!fold->isVisible());
}

QTEST_MAIN(SettingsFormTest)
#include "settings_form_test.moc"
