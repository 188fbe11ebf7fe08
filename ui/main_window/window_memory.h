// Brings the window's place, its splitters and the table's columns back on the next start.
// Thread: Qt main. Owner: MainWindow.
#pragma once

#include <QHeaderView>
#include <QMainWindow>
#include <QSplitter>
#include <vector>

namespace heliograph::ui {

class WindowMemory {
public:
    WindowMemory(QMainWindow &window, std::vector<QSplitter *> splitters, QHeaderView &columns);

    void restore();
    void save() const;

private:
    QMainWindow &m_window;
    std::vector<QSplitter *> m_splitters; // each with an objectName of its own
    QHeaderView &m_columns;
};

} // namespace heliograph::ui
