#include "project_store/project_store.h"

#include "project_store/project_sources.h"
#include "server/server_control.h"
#include "text/words.h"

#include <algorithm>
#include <chrono>

namespace heliograph::ui {

using namespace std::chrono_literals;

ProjectStore::ProjectStore(StudioBridge &bridge, PublishDesk &desk, ServerControl &server,
                           std::filesystem::path file, OpenSecrets openSecrets, QObject *parent)
    : QObject(parent)
    , m_bridge(bridge)
    , m_desk(desk)
    , m_server(server)
    , m_file(std::move(file))
    , m_writer(m_file, std::move(openSecrets))
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(700ms);
    connect(&m_pause, &QTimer::timeout, this, &ProjectStore::write);
    connect(&bridge, &StudioBridge::changed, this, &ProjectStore::consider);
    connect(&desk, &PublishDesk::changed, this, &ProjectStore::consider);
    connect(&server, &ServerControl::configured, this, &ProjectStore::consider);
    connect(&m_writer, &DiskWriter::fetched, this,
            [this](const Project &project, const QString &secretFile, const QString &problem) {
                m_secretProblem = problem;
                m_desk.setSecretFile(secretFile);
                restoreSources(project);
            });
    connect(&m_writer, &DiskWriter::failed, this, [this](const QString &why) {
        emit failed(tr("Your changes could not be saved. %1").arg(why));
    });
}

ProjectStore::~ProjectStore()
{
    if (m_pause.isActive())
        write();
}

void ProjectStore::restore()
{
    const Result<LoadedProject> loaded = loadProject(m_file, Studio::projectRules());
    m_writable = loaded || loaded.error().code == ErrorCode::NotFound;
    if (!m_writable)
        refuse(loaded.error());
    Project project = loaded ? loaded->project : Project{};
    m_faults = loaded ? loaded->faults : std::vector<ProjectFault>{};
    for (ProjectSource &source : project.sources)
        if (const SourceTypeInfo *type = m_bridge.sourceType(source.source.type))
            nameSecrets(type->schema, source.source.settings);
    keepForeignOutputs(project);
    m_waiting = int(project.banned.size() + project.sources.size());
    restoreBans(project);
    tellServerFaults();
    m_server.start(project.outputs);
    m_writer.fetch(project);
}

void ProjectStore::restoreBans(const Project &project)
{
    for (std::size_t i = 0; i < project.banned.size(); ++i) {
        const auto answer = [this, address = project.banned[i]](const Result<> &result) {
            restoredBan(address, result);
        };
        if (const Error *fault = faultOf(ProjectFault::Where::Ban, i))
            answer(tl::unexpected(*fault));
        else
            m_bridge.setBanned(project.banned[i], true, this, answer);
    }
}

void ProjectStore::restoredBan(const std::string &address, const Result<> &result)
{
    --m_waiting;
    m_answeredAt = m_bridge.snapshot().sequence;
    if (!result)
        emit failed(tr("%1 is not banned any more. %2")
                        .arg(text(maskCredentials(address)), sentenceOf(result.error())));
}

// Such a server says itself that it is not running, but not where that stands in the file.
void ProjectStore::tellServerFaults()
{
    for (const ProjectFault &fault : m_faults)
        if (fault.where == ProjectFault::Where::Output)
            emit failed(sentenceOf(fault.error));
}

const Error *ProjectStore::faultOf(ProjectFault::Where where, std::size_t index) const
{
    const auto found = std::ranges::find_if(m_faults, [&](const ProjectFault &fault) {
        return fault.where == where && fault.index == index;
    });
    return found == m_faults.end() ? nullptr : &found->error;
}

void ProjectStore::refuse(const Error &error)
{
    emit failed(tr("Your sources could not be loaded from %1. %2 Until then, nothing is saved.")
                    .arg(text(m_file.string()), sentenceOf(error)));
}

void ProjectStore::keepForeignOutputs(const Project &project)
{
    const auto &types = m_bridge.outputTypes();
    for (const OutputConfig &output : project.outputs) {
        const bool ours = std::any_of(types.begin(), types.end(), [&](const OutputTypeInfo &type) {
            return type.id == output.type;
        });
        if (!ours)
            m_foreignOutputs.push_back(output);
    }
}

void ProjectStore::restoreSources(const Project &project)
{
    m_answeredAt = m_bridge.snapshot().sequence;
    for (std::size_t i = 0; i < project.sources.size(); ++i) {
        const auto answer = [this, source = project.sources[i]](const Result<SourceId> &result) {
            restored(source, result);
        };
        if (const Error *fault = faultOf(ProjectFault::Where::Source, i))
            answer(tl::unexpected(*fault));
        else
            m_bridge.addSource(project.sources[i].source, this, answer);
    }
}

void ProjectStore::restored(const ProjectSource &source, const Result<SourceId> &result)
{
    --m_waiting;
    m_answeredAt = m_bridge.snapshot().sequence;
    if (!result) {
        m_foreign.push_back(source);
        emit failed(tr("“%1” could not be brought back. %2")
                        .arg(text(source.source.name), sentenceOf(result.error())));
        return;
    }
    if (source.published)
        restorePublished(*result, source.publish);
    else
        m_desk.choose(*result, source.publish);
}

// Never with an empty password: one that is not found is waited for.
void ProjectStore::restorePublished(SourceId id, const PublishConfig &publish)
{
    const auto unknown = std::find_if(publish.users.begin(), publish.users.end(),
                                      [](const User &user) { return user.password.empty(); });
    if (publish.audience != Audience::MyNetworkWithPassword || unknown == publish.users.end()) {
        m_desk.publish(id, publish);
        return;
    }
    m_desk.choose(id, publish);
    m_desk.explain(id,
                   tr("This was published, but the password of “%1” was not found. %2")
                       .arg(text(unknown->name), m_secretProblem));
}

// An answer may overtake the snapshot that shows it: what is saved must be whole.
bool ProjectStore::isSettled() const
{
    const Snapshot &snapshot = m_bridge.snapshot();
    const bool publishing = std::any_of(
        snapshot.sources.begin(), snapshot.sources.end(), [this](const SourceSnapshot &each) {
            return m_desk.pendingOf(each.id) != PublishPending::None;
        });
    return m_waiting == 0 && !publishing && snapshot.sequence >= m_answeredAt + 2;
}

Project ProjectStore::current() const
{
    Project project{projectSources(m_bridge, m_desk), m_server.configs(),
                    m_bridge.snapshot().banned};
    project.sources.insert(project.sources.end(), m_foreign.begin(), m_foreign.end());
    project.outputs.insert(project.outputs.end(), m_foreignOutputs.begin(), m_foreignOutputs.end());
    return project;
}

void ProjectStore::consider()
{
    if (!m_writable || !isSettled())
        return;
    Project project = current();
    if (m_known == project)
        return;
    const bool first = !m_known; // as it came from the file: nothing to write
    m_known = std::move(project);
    if (!first)
        m_pause.start();
}

void ProjectStore::write()
{
    m_pause.stop();
    m_writer.save(*m_known);
}

} // namespace heliograph::ui
