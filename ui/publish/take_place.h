// Lets the selected source take the place of one that is live: its stream goes on with these
// pictures, and nobody who watches is dropped. Hidden where there is none.
// Thread: Qt main. Owner: PublishPanel.
#pragma once

#include <engine/snapshot.h>

#include <QToolButton>
#include <functional>

namespace heliograph::ui {

class TakePlace : public QToolButton {
    Q_OBJECT
public:
    // choose: called with the live one that is to give way.
    explicit TakePlace(std::function<void(SourceId live)> choose, QWidget *parent = nullptr);

    // Null: no source.
    void show(const Snapshot &snapshot, const SourceSnapshot *source);

private:
    const std::function<void(SourceId)> m_choose;
    std::vector<std::pair<SourceId, QString>> m_live; // what the menu has
};

} // namespace heliograph::ui
