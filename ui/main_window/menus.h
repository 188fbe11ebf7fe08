// The menu bar: every command of the window by keyboard.
// Thread: Qt main. Owner: MainWindow.
#pragma once

class QAction;
class QMainWindow;
class QMenu;

namespace heliograph::ui {

struct MenuParts {
    QMenu *add;
    QAction *rename;
    QAction *remove;
    QAction *publish;
    QAction *listen;
    QAction *kick;
    QAction *ban;
    QAction *banned;
    QAction *server;
};

void buildMenus(QMainWindow &window, const MenuParts &parts);

} // namespace heliograph::ui
