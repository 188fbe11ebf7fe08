// What every panel test needs: a fake engine, a bridge that is polled by hand, and a quiet place
// for settings.
// Thread: Qt main. Owner: the test.
#pragma once

#include "bridge/studio_bridge.h"
#include "fake_studio.h"

#include <QTemporaryDir>
#include <QWidget>

namespace heliograph::testing {

struct Bench {
    Bench();

    FakeStudio studio;
    QTemporaryDir folder;
    ui::StudioBridge bridge;

    std::filesystem::path projectFile() const;
    void show(); // the fake's next snapshot, in every panel

    // A source that is there already, by type.
    SourceId add(const std::string &name, const std::string &type, Settings settings = {});
};

// The one child of that type and accessible name. Fails the test when there is none.
template <class T>
T *named(const QWidget &parent, const QString &accessibleName)
{
    for (T *child : parent.findChildren<T *>()) {
        if (child->accessibleName() == accessibleName)
            return child;
    }
    return nullptr;
}

} // namespace heliograph::testing
