#include "project_store/disk_writer.h"

#include "text/words.h"

#include <QMetaObject>

namespace heliograph::ui {

DiskWriter::DiskWriter(std::filesystem::path file, QObject *parent)
    : QObject(parent)
    , m_file(std::move(file))
{
    m_thread.setMaxThreadCount(1);
}

DiskWriter::~DiskWriter()
{
    m_thread.waitForDone();
}

void DiskWriter::save(Project project)
{
    m_thread.start([this, project = std::move(project)] {
        const Result<> result = saveProject(project, m_file);
        if (!result)
            QMetaObject::invokeMethod(
                this, [this, error = result.error()] { emit failed(sentenceOf(error)); },
                Qt::QueuedConnection);
    });
}

} // namespace heliograph::ui
