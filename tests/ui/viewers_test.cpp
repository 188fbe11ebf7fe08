// Kicking viewers: one at once, several after one question, by key and by button.
#include "studio_test.h"
#include "viewers/viewers_panel.h"

#include <QAction>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QTableView>
#include <QTest>
#include <QToolButton>

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

QTEST_MAIN(ViewersTest)
#include "viewers_test.moc"
