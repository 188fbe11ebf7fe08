// Files that are dragged onto the window become a source: several at once are a playlist.
// Thread: Qt main. Owner: the window that it watches.
#pragma once

#include <QObject>

class QMimeData;
class QWidget;

namespace heliograph::ui {

class SourceAdder;

class FileDrops : public QObject {
    Q_OBJECT
public:
    FileDrops(SourceAdder &adder, QWidget &window);

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    SourceAdder &m_adder;
};

} // namespace heliograph::ui
