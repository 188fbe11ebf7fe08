// Writes the project on a thread of its own, one after the other, so that a slow disk never holds
// the window up.
// Thread: Qt main; save() itself runs on the writer's thread. Owner: ProjectStore; its destructor
// waits for the last write.
#pragma once

#include <engine/project.h>

#include <QObject>
#include <QThreadPool>

namespace heliograph::ui {

class DiskWriter : public QObject {
    Q_OBJECT
public:
    explicit DiskWriter(std::filesystem::path file, QObject *parent = nullptr);
    ~DiskWriter() override;

    void save(Project project);

signals:
    void failed(const QString &sentence);

private:
    std::filesystem::path m_file;
    QThreadPool m_thread;
};

} // namespace heliograph::ui
