#include "main_window/menus.h"

#include "style/icons.h"

#include <QAction>
#include <QCoreApplication>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>

namespace heliograph::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Menus)
};

void showAbout(QMainWindow &window)
{
    auto *box = new QMessageBox(&window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(Words::tr("About Heliograph"));
    box->setIconPixmap(applicationIcon().pixmap(64, 64));
    box->setText(Words::tr("Heliograph %1").arg(QCoreApplication::applicationVersion()));
    box->setInformativeText(Words::tr("A streaming studio that is its own server: pick a camera, "
                                      "publish it, and see who is watching."));
    box->open();
}

} // namespace

void buildMenus(QMainWindow &window, const MenuParts &parts)
{
    QMenu *source = window.menuBar()->addMenu(Words::tr("&Source"));
    source->addMenu(parts.add);
    source->addSeparator();
    source->addAction(parts.rename);
    source->addAction(parts.remove);
    source->addSeparator();
    source->addAction(Words::tr("&Quit"), QKeySequence::Quit, &window, &QWidget::close);

    QMenu *stream = window.menuBar()->addMenu(Words::tr("S&tream"));
    stream->addAction(parts.publish);
    stream->addAction(parts.listen);
    stream->addSeparator();
    stream->addAction(parts.kick);
    stream->addAction(parts.ban);
    stream->addAction(parts.banned);
    stream->addSeparator();
    stream->addAction(parts.server);

    QMenu *help = window.menuBar()->addMenu(Words::tr("&Help"));
    help->addAction(Words::tr("&About Heliograph"), &window, [&window] { showAbout(window); });
}

} // namespace heliograph::ui
