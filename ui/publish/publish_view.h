// What the publish panel shows, decided from the snapshot and the desk: which button, whether it
// can be pressed, and if not, why not.
// Thread: Qt main (a pure function).
#pragma once

#include "publish/publish_desk.h"

#include <QStringList>

namespace heliograph::ui {

enum class PublishAction { Publish, Stop };

struct PublishView {
    PublishAction action = PublishAction::Publish;
    bool enabled = false;
    QString label; // of the button
    QString reason; // why the button or the fields are disabled
    bool fieldsOpen = false; // mount and audience can be changed
    bool habitsOpen = false; // what viewers see of a loss, and whether it rests, can
    QStringList addresses; // what players type
    QString status; // one line about the stream while it is live
    bool operator==(const PublishView &) const = default;
};

// serverProblem: why the server does not run; empty when it does.
PublishView publishView(const Snapshot &snapshot, const SourceSnapshot *source,
                        const PublishConfig &config, PublishPending pending,
                        const QString &serverProblem);

} // namespace heliograph::ui
