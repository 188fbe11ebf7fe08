// What every panel test needs: a fake engine, a bridge that is polled by hand, a keyring that is
// none, and a quiet place for settings.
// Thread: Qt main. Owner: the test.
#pragma once

#include "bridge/studio_bridge.h"
#include "fake_studio.h"
#include "project_store/disk_writer.h"

#include <QTemporaryDir>
#include <QWidget>
#include <map>

namespace heliograph::testing {

// Passwords as a keyring would keep them. The studio's writer asks it on its own thread, one
// question after the other; a test looks while nothing is asked.
struct FakeKeyring {
    std::map<std::string, Secret> secrets;
    std::filesystem::path file; // empty: the desktop's keyring
    std::optional<Error> fail; // the answer to everything while set
};
std::unique_ptr<SecretStore> openFakeKeyring(FakeKeyring &keyring);

struct Bench {
    Bench();

    FakeKeyring keyring;
    ui::OpenSecrets openSecrets()
    {
        return [this] { return openFakeKeyring(keyring); };
    }

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
