// "Disconnect and ban": whom it would meet, and the question before it.
// Thread: Qt main (pure functions).
#pragma once

#include "style/question.h"

#include <engine/snapshot.h>

#include <QStringList>
#include <vector>

namespace heliograph::ui {

// "192.168.1.20" of "192.168.1.20:51234", "2001:db8::1" of "[2001:db8::1]:51234".
std::string withoutPort(const std::string &address);

// Where these viewers come from, each address once.
QStringList addressesOf(const std::vector<ViewerId> &viewers, const Snapshot &snapshot);

Question banQuestion(const QStringList &addresses);

} // namespace heliograph::ui
