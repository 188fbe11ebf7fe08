#include "project_store/disk_writer.h"

#include "text/words.h"

#include <QMetaObject>

namespace heliograph::ui {

DiskWriter::DiskWriter(std::filesystem::path file, OpenSecrets openSecrets, QObject *parent)
    : QObject(parent)
    , m_file(std::move(file))
    , m_openSecrets(std::move(openSecrets))
{
    m_thread.setMaxThreadCount(1);
}

DiskWriter::~DiskWriter()
{
    m_thread.waitForDone();
}

void DiskWriter::fetch(Project project)
{
    m_thread.start([this, project = std::move(project)]() mutable {
        // Those that somebody wrote into the project file will not be there when it is saved.
        const Result<> kept = keepSecrets({}, project, secrets());
        const Result<> result = fetchSecrets(project, secrets());
        m_kept = kept ? project : Project{};
        QMetaObject::invokeMethod(
            this,
            [this, project = std::move(project), result, file = secrets().file()] {
                emit fetched(project, text(file.string()),
                             result ? QString() : sentenceOf(result.error()));
            },
            Qt::QueuedConnection);
    });
}

void DiskWriter::save(Project project)
{
    m_thread.start([this, project = std::move(project)] {
        tell(keep(project));
        tell(saveProject(project, m_file));
    });
}

SecretStore &DiskWriter::secrets()
{
    if (!m_secrets)
        m_secrets = m_openSecrets();
    return *m_secrets;
}

// What could not be kept is tried again with the next change.
Result<> DiskWriter::keep(const Project &project)
{
    auto kept = keepSecrets(m_kept, project, secrets());
    if (kept)
        m_kept = project;
    return kept;
}

void DiskWriter::tell(const Result<> &result)
{
    if (!result)
        QMetaObject::invokeMethod(
            this, [this, error = result.error()] { emit failed(sentenceOf(error)); },
            Qt::QueuedConnection);
}

} // namespace heliograph::ui
