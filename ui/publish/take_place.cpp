#include "publish/take_place.h"

#include "text/words.h"

#include <QMenu>

namespace heliograph::ui {

TakePlace::TakePlace(std::function<void(SourceId)> choose, QWidget *parent)
    : QToolButton(parent)
    , m_choose(std::move(choose))
{
    setObjectName("takePlace");
    setText(tr("Take the place of…"));
    setAccessibleName(tr("Take the place of a live stream"));
    setToolTip(tr("Who watches that stream goes on with this source: nobody is dropped."));
    setPopupMode(QToolButton::InstantPopup);
    setFocusPolicy(Qt::StrongFocus);
    setMenu(new QMenu(this));
    hide();
}

void TakePlace::show(const Snapshot &snapshot, const SourceSnapshot *source)
{
    std::vector<std::pair<SourceId, QString>> live;
    if (source && !source->published)
        for (const StreamSnapshot &stream : snapshot.streams)
            live.emplace_back(stream.source, ui::text(stream.mount));
    setVisible(!live.empty());
    if (live == m_live) // a menu that is open stays as it is
        return;
    m_live = std::move(live);
    menu()->clear();
    for (const auto &[id, mount] : m_live)
        menu()->addAction("/" + QString(mount).replace('&', "&&"), this,
                          [this, id = id] { m_choose(id); });
}

} // namespace heliograph::ui
