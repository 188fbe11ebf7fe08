// The window's only way to the engine: tells every panel when there is a new snapshot, and carries
// commands. Answers reach their receiver on the Qt main thread, or nobody when it is gone.
// Thread: Qt main. Owner: app/studio, after the Studio and before the window.
#pragma once

#include <engine/studio.h>

#include <QObject>
#include <QPointer>
#include <QTimer>
#include <memory>

namespace heliograph::ui {

using SnapshotPtr = std::shared_ptr<const Snapshot>;

class StudioBridge : public QObject {
    Q_OBJECT
public:
    explicit StudioBridge(Studio &studio, QObject *parent = nullptr);

    // The newest one that the panels have been told about; never null.
    const Snapshot &snapshot() const { return *m_snapshot; }
    const SourceSnapshot *source(SourceId id) const; // null when there is none (any more)

    const std::vector<SourceTypeInfo> &sourceTypes() const;
    const std::vector<OutputTypeInfo> &outputTypes() const;
    const SourceTypeInfo *sourceType(const std::string &id) const;

    void addSource(SourceConfig config, QObject *receiver, Reply<SourceId> reply);
    void changeSource(SourceId id, SourceConfig config, QObject *receiver, Reply<> reply);
    void control(SourceId id, PlaybackCommand command, QObject *receiver, Reply<> reply);
    void removeSource(SourceId id, QObject *receiver, Reply<> reply);
    void publish(SourceId id, PublishConfig config, QObject *receiver, Reply<> reply);
    void unpublish(SourceId id, QObject *receiver, Reply<> reply);
    void swapSource(SourceId live, SourceId other, QObject *receiver, Reply<> reply);
    void configureOutput(OutputConfig config, QObject *receiver, Reply<> reply);
    void kickViewer(ViewerId id, QObject *receiver, Reply<> reply);
    void setBanned(std::string address, bool banned, QObject *receiver, Reply<> reply);
    std::shared_ptr<PreviewTap> preview(SourceId id);
    std::shared_ptr<SoundTap> listen(SourceId id);

    // Looks for a new snapshot now; a timer does so four times a second.
    void poll();

signals:
    void changed(const heliograph::ui::SnapshotPtr &snapshot);

private:
    Studio &m_studio;
    SnapshotPtr m_snapshot;
    QTimer m_timer;
};

// The reply, as long as its receiver lives.
template <class T>
Reply<T> whileAlive(QObject *receiver, Reply<T> reply)
{
    return [guard = QPointer<QObject>(receiver), reply = std::move(reply)](Result<T> result) {
        if (guard)
            reply(std::move(result));
    };
}

} // namespace heliograph::ui
