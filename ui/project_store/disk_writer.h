// Writes the project and its passwords on a thread of its own, one after the other, so that a slow
// disk or keyring never holds the window up.
// Thread: Qt main; what is asked for runs on the writer's thread. Owner: ProjectStore; its
// destructor waits for the last write.
#pragma once

#include <engine/secret_store.h>

#include <QObject>
#include <QThreadPool>
#include <functional>

namespace heliograph::ui {

using OpenSecrets = std::function<std::unique_ptr<SecretStore>()>;

class DiskWriter : public QObject {
    Q_OBJECT
public:
    DiskWriter(std::filesystem::path file, OpenSecrets openSecrets, QObject *parent = nullptr);
    ~DiskWriter() override;

    // Opens the place for passwords and fills those of the project in.
    void fetch(Project project);
    void save(Project project);

signals:
    // file: where passwords are kept; empty: the desktop's keyring. problem: empty when all went
    // well.
    void fetched(const heliograph::Project &project, const QString &file, const QString &problem);
    void failed(const QString &sentence);

private:
    SecretStore &secrets();
    Result<> keep(const Project &project);
    void tell(const Result<> &result);

    std::filesystem::path m_file;
    OpenSecrets m_openSecrets;
    // These two belong to the writer's thread.
    std::unique_ptr<SecretStore> m_secrets;
    Project m_kept; // whose passwords the store has
    QThreadPool m_thread;
};

} // namespace heliograph::ui
