// One viewer over RTMP: what it gets of a mount, and its row in the table of viewers.
// Thread: the loop. Owner: its connection.
#pragma once

#include "core/live_count.h"
#include "outputs/rtmp/mount.h"
#include "serve/admission.h"
#include "stream/viewer.h"

#include <array>
#include <string>

namespace heliograph::rtmp {

class Connection;
class Server;

class Player final : public Viewer, public BatchSink, LiveCount<Player> {
public:
    using LiveCount<Player>::living;

    // messageStream: the one that the play command came on. user: who gave a password, or empty.
    Player(Server &server, Connection &connection, Mount &mount, std::uint32_t messageStream,
           std::string user);
    ~Player() override;

    Mount &mount() { return m_mount; }
    std::uint32_t messageStream() const { return m_messageStream; }
    bool isPaused() const { return m_paused; }

    void start(); // joins: what follows comes from the mount
    void pause();
    void resume();
    // What it does not want is not sent.
    void want(TrackId track, bool wanted);

    // To be called a few times a second.
    void sweep();

    // Viewer
    ViewerSnapshot describe() const override;
    void close(CloseReason reason) override;

    // BatchSink
    void begin(std::span<const BatchPtr> backlog) override;
    void deliver(const BatchPtr &batch) override;

    // How it ends; its connection calls it once, then forgets it.
    void finish(CloseReason reason);

private:
    struct Way { // of one track
        bool wanted = true;
        bool able = true; // it can play how it is coded
        bool follows = false; // it has had every message so far: the shared blocks are right for it
        bool missed = true; // what it did not get may have told of another configuration
    };

    bool isSent(TrackId track) const;
    void noteCodecs();
    void leaveMount();
    void sendHeader(TrackId track, std::uint32_t time);
    void sendOwn(Way &way, const BatchPtr &batch);
    void countDropped(std::uint32_t pictures);
    std::string dropSentence() const;

    Connection &m_connection;
    std::array<Way, trackCount> m_ways;
    Mount::Codecs m_codecs; // by which they are able
    std::uint64_t m_bytes = 0;
    std::uint64_t m_framesSent = 0;

    Server &m_server;
    Mount &m_mount;
    const std::uint32_t m_messageStream;
    const std::string m_user;
    const ViewerId m_id;
    const serve::Admission::Place m_place;
    const WallClock::time_point m_since;
    Timestamp m_zero{0}; // the stream's time that is 0 for this viewer
    bool m_begun = false; // it has had its first picture, and m_zero is known
    bool m_joined = false;
    bool m_paused = false;
    std::uint64_t m_framesDropped = 0;
    double m_takenAtDrop = 0; // bit/s
    std::uint64_t m_bytesBefore = 0; // when sweep() last looked
    Timestamp m_lastSent; // when sweep() last saw that something had been sent
    bool m_dry = false; // it has been told that nothing comes
};

} // namespace heliograph::rtmp
