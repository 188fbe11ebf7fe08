// Kicking viewers: one at once, several after one question, by key and by button. Banning where
// they come from, and letting them in again.
#include "models/viewer_columns.h"
#include "studio_test.h"
#include "viewers/banned_dialog.h"
#include "viewers/viewer_ban.h"
#include "viewers/viewers_panel.h"

#include <QAction>
#include <QLabel>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QTableView>
#include <QTest>
#include <QToolButton>
#include <algorithm>

using namespace heliograph;
using namespace heliograph::testing;
using namespace heliograph::ui;

namespace {

struct ViewersBench : Bench {
    ViewersPanel panel{bridge};
    QTableView &table = *named<QTableView>(panel, "Viewers");
    QToolButton &kick = *named<QToolButton>(panel, "Kick");

    ViewersBench()
    {
        studio.next.viewers = {testViewer(1, 1e6), testViewer(2, 2e6), testViewer(3, 3e6)};
        show();
        panel.show();
        panel.activateWindow(); // keys go to an active window only
        [[maybe_unused]] const bool active = QTest::qWaitForWindowActive(&panel);
    }
    QList<QMessageBox *> questions() const { return panel.findChildren<QMessageBox *>(); }
};

} // namespace

class ViewersTest : public QObject {
    Q_OBJECT
private slots:
    void withoutASelectionKickSaysWhy();
    void oneIsKickedWithoutAQuestion();
    void severalAreKickedAfterOneQuestion();
    void severalStayWhenTheAnswerIsNo();
    void whoHasLeftMeanwhileIsNoProblem();
    void anEmptyTableSaysWhatToDo();
    void theUserIsShownOnceSomebodyLogsIn();
    void banningAsksThenKeepsTheAddressesOut();
    void addressesLoseTheirPorts();
    void theBannedAreLetInAgain();
};

void ViewersTest::withoutASelectionKickSaysWhy()
{
    ViewersBench bench;
    QVERIFY(!bench.kick.isEnabled());
    QVERIFY(bench.kick.toolTip().contains("Select a viewer"));
}

void ViewersTest::oneIsKickedWithoutAQuestion()
{
    ViewersBench bench;
    bench.table.selectRow(0);
    QVERIFY(bench.kick.isEnabled());
    bench.table.setFocus();
    QTest::keyClick(&bench.table, Qt::Key_Delete);
    QVERIFY(bench.questions().isEmpty());
    QCOMPARE(bench.studio.kicked.size(), std::size_t(1));
}

void ViewersTest::severalAreKickedAfterOneQuestion()
{
    ViewersBench bench;
    bench.table.selectAll();
    bench.kick.click();
    QCOMPARE(bench.questions().size(), 1);
    QVERIFY(bench.studio.kicked.empty());
    QVERIFY(bench.questions()[0]->informativeText().contains("3"));
    named<QPushButton>(*bench.questions()[0], "Kick")->click();
    QCOMPARE(bench.studio.kicked.size(), std::size_t(3));
}

void ViewersTest::severalStayWhenTheAnswerIsNo()
{
    ViewersBench bench;
    bench.table.selectAll();
    bench.kick.click();
    bench.questions()[0]->button(QMessageBox::Cancel)->click();
    QVERIFY(bench.studio.kicked.empty());
}

void ViewersTest::whoHasLeftMeanwhileIsNoProblem()
{
    ViewersBench bench;
    const auto problems = [&] {
        int shown = 0;
        for (const QLabel *label : bench.panel.findChildren<QLabel *>())
            shown += label->property("role") == "problem" && !label->isHidden();
        return shown;
    };
    bench.table.selectRow(0);
    bench.studio.fail = Error{ErrorCode::NotFound, "viewer 1"};
    bench.kick.click();
    QCOMPARE(problems(), 0);
    bench.studio.fail = Error{ErrorCode::Internal, ""};
    bench.kick.click();
    QCOMPARE(problems(), 1);
}

void ViewersTest::anEmptyTableSaysWhatToDo()
{
    ViewersBench bench;
    bench.studio.next.viewers.clear();
    bench.show();
    bool said = false;
    for (const QLabel *label : bench.panel.findChildren<QLabel *>())
        said = said || (label->isVisible() && label->text().contains("Nobody is watching"));
    QVERIFY(said);
}

void ViewersTest::theUserIsShownOnceSomebodyLogsIn()
{
    ViewersBench bench;
    QVERIFY(bench.table.isColumnHidden(viewerColumnAt("User")));
    bench.studio.next.viewers[1].user = "ann";
    bench.show();
    QVERIFY(!bench.table.isColumnHidden(viewerColumnAt("User")));
}

void ViewersTest::banningAsksThenKeepsTheAddressesOut()
{
    ViewersBench bench;
    bench.studio.next.viewers[1].address = "192.168.1.1:50001"; // behind the same address
    bench.show();
    QVERIFY(bench.table.actions().contains(bench.panel.banAction()));
    bench.table.selectAll();
    bench.panel.banAction()->trigger();
    QCOMPARE(bench.questions().size(), 1);
    QVERIFY(bench.studio.next.banned.empty());
    QVERIFY(bench.questions()[0]->informativeText().contains("192.168.1.3"));
    named<QPushButton>(*bench.questions()[0], "Disconnect and ban")->click();
    std::sort(bench.studio.next.banned.begin(), bench.studio.next.banned.end());
    QCOMPARE(bench.studio.next.banned, (std::vector<std::string>{"192.168.1.1", "192.168.1.3"}));
    QCOMPARE(bench.studio.kicked.size(), std::size_t(3));
}

void ViewersTest::addressesLoseTheirPorts()
{
    QCOMPARE(withoutPort("192.168.1.20:51234"), std::string("192.168.1.20"));
    QCOMPARE(withoutPort("[2001:db8::1]:51234"), std::string("2001:db8::1"));
}

void ViewersTest::theBannedAreLetInAgain()
{
    ViewersBench bench;
    bench.studio.next.banned = {"10.0.0.9", "2001:db8:1:2::/64"};
    bench.show();
    auto *dialog = new BannedDialog(bench.bridge, &bench.panel);
    auto &list = *named<QListWidget>(*dialog, "Banned addresses");
    auto &button = *named<QPushButton>(*dialog, "Let in again");
    QCOMPARE(list.count(), 2);
    QVERIFY(!button.isEnabled());
    QVERIFY(button.toolTip().contains("Select"));
    list.setCurrentRow(1);
    bench.show(); // nothing new: the selection stays
    button.click();
    QCOMPARE(bench.studio.next.banned, std::vector<std::string>{"10.0.0.9"});
    bench.show();
    QCOMPARE(list.count(), 1);
}

QTEST_MAIN(ViewersTest)
#include "viewers_test.moc"
