#include "main_window/window_memory.h"

#include <QSettings>

namespace heliograph::ui {

WindowMemory::WindowMemory(QMainWindow &window, std::vector<QSplitter *> splitters,
                           QHeaderView &columns)
    : m_window(window)
    , m_splitters(std::move(splitters))
    , m_columns(columns)
{
}

void WindowMemory::restore()
{
    const QSettings settings;
    m_window.restoreGeometry(settings.value("window/geometry").toByteArray());
    for (QSplitter *splitter : m_splitters)
        splitter->restoreState(settings.value("window/" + splitter->objectName()).toByteArray());
    m_columns.restoreState(settings.value("viewers/columns").toByteArray());
}

void WindowMemory::save() const
{
    QSettings settings;
    settings.setValue("window/geometry", m_window.saveGeometry());
    for (const QSplitter *splitter : m_splitters)
        settings.setValue("window/" + splitter->objectName(), splitter->saveState());
    settings.setValue("viewers/columns", m_columns.saveState());
}

} // namespace heliograph::ui
