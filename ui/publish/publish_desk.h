// What a person intends with each source: the mount and audience chosen but not published yet, the
// command under way, and why the last one failed. Issues the publish commands.
// Thread: Qt main. Owner: MainWindow; the publish panel shows it, the project store saves it.
#pragma once

#include "bridge/studio_bridge.h"

#include <QString>
#include <map>
#include <optional>

namespace heliograph::ui {

enum class PublishPending { None, Publishing, Amending, Stopping };

class PublishDesk : public QObject {
    Q_OBJECT
public:
    explicit PublishDesk(StudioBridge &bridge, QObject *parent = nullptr);

    // The published one, with what the person has just changed of it; else the person's choice; at
    // first the engine's proposal, for the network, with a user and a password made for it.
    PublishConfig configOf(const SourceSnapshot &source) const;
    PublishPending pendingOf(SourceId id) const;
    QString problemOf(SourceId id) const; // a sentence; empty when the last command went well

    void choose(SourceId id, PublishConfig config);
    void publish(SourceId id, PublishConfig config);
    void amend(SourceId id, PublishConfig config); // of one that is published: its viewers stay
    void unpublish(SourceId id);
    void takePlace(SourceId id, SourceId live); // of a source that is published
    void explain(SourceId id, const QString &problem); // until the next choice or command

    // Where passwords are kept: a file's path; empty: the desktop's keyring, or not known yet.
    void setSecretFile(const QString &file);
    const QString &secretFile() const { return m_secretFile; }

signals:
    void changed();

private:
    struct Entry {
        std::optional<PublishConfig> choice;
        PublishPending pending = PublishPending::None;
        std::optional<std::uint64_t> answeredAt; // the snapshot's sequence
        QString problem;
    };

    void order(SourceId id, PublishConfig config, PublishPending pending);
    void begin(SourceId id, PublishPending pending);
    Reply<> answerFor(SourceId id);
    void settle(const Snapshot &snapshot);
    bool isSettled(const Entry &entry, const SourceSnapshot &source, std::uint64_t now) const;

    StudioBridge &m_bridge;
    std::map<SourceId, Entry> m_entries;
    QString m_secretFile;
};

} // namespace heliograph::ui
