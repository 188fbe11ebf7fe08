#include "sources/file_drops.h"

#include "sources/source_adder.h"

#include <QDropEvent>
#include <QFileInfo>
#include <QMimeData>
#include <QUrl>
#include <QWidget>

namespace heliograph::ui {

namespace {

// No folders, and nothing that is not on this computer.
QStringList filesOf(const QMimeData &data)
{
    QStringList files;
    for (const QUrl &url : data.urls())
        if (url.isLocalFile() && QFileInfo(url.toLocalFile()).isFile())
            files.push_back(url.toLocalFile());
    return files;
}

} // namespace

FileDrops::FileDrops(SourceAdder &adder, QWidget &window)
    : QObject(&window)
    , m_adder(adder)
{
    window.setAcceptDrops(true);
    window.installEventFilter(this);
}

bool FileDrops::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::DragEnter && event->type() != QEvent::Drop)
        return QObject::eventFilter(watched, event);
    auto &drag = static_cast<QDropEvent &>(*event);
    const QStringList files = filesOf(*drag.mimeData());
    if (files.isEmpty())
        return false;
    drag.setDropAction(Qt::CopyAction); // the files stay where they are
    drag.accept();
    if (event->type() == QEvent::Drop)
        m_adder.addFiles(files);
    return true;
}

} // namespace heliograph::ui
