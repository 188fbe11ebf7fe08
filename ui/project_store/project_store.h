// Brings the last session back (sources, servers, what was published, passwords, bans) and saves
// every change a moment later. A project file that cannot be read is told about and never written;
// a source with a wrong value is told with its place in the file, and stays there as it is.
// Thread: Qt main; reads the small file at start, writes through DiskWriter. Owner: MainWindow.
#pragma once

#include "project_store/disk_writer.h"
#include "publish/publish_desk.h"

#include <QTimer>
#include <optional>

namespace heliograph::ui {

class ServerControl;

class ProjectStore : public QObject {
    Q_OBJECT
public:
    ProjectStore(StudioBridge &bridge, PublishDesk &desk, ServerControl &server,
                 std::filesystem::path file, OpenSecrets openSecrets, QObject *parent = nullptr);
    ~ProjectStore() override; // writes what is still waiting

    void restore();

signals:
    void failed(const QString &sentence);

private:
    void restoreBans(const Project &project);
    void restoredBan(const std::string &address, const Result<> &result);
    void tellServerFaults();
    const Error *faultOf(ProjectFault::Where where, std::size_t index) const; // null: it is good
    void restoreSources(const Project &project);
    void restorePublished(SourceId id, const PublishConfig &publish);
    void restored(const ProjectSource &source, const Result<SourceId> &result);
    void keepForeignOutputs(const Project &project);
    void refuse(const Error &error);
    bool isSettled() const;
    Project current() const;
    void consider();
    void write();

    StudioBridge &m_bridge;
    PublishDesk &m_desk;
    ServerControl &m_server;
    std::filesystem::path m_file;
    DiskWriter m_writer;
    QTimer m_pause;
    bool m_writable = false;
    std::vector<ProjectFault> m_faults; // what the file said wrongly
    QString m_secretProblem; // why the passwords were not found; empty: there are none
    int m_waiting = 0; // sources and bans on their way into the engine
    std::uint64_t m_answeredAt = 0; // the snapshot's sequence at the last answer
    std::vector<ProjectSource> m_foreign; // could not be added now; kept in the file
    std::vector<OutputConfig> m_foreignOutputs;
    std::optional<Project> m_known; // what the file holds, or will after the pause
};

} // namespace heliograph::ui
