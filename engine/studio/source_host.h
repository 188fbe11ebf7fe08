// One source as the engine keeps it: its runner, and its stream while it is published.
// Thread: the loop. Owner: the engine.
#pragma once

#include "engine/snapshot.h"
#include "sources/runner.h"
#include "stream/output.h"
#include "stream/stream.h"
#include "studio/stream_teller.h"

#include <memory>
#include <vector>

namespace heliograph {

class SourceHost {
public:
    // config.settings: complete. events: see Runner.
    SourceHost(const EngineContext &context, SourceId id, SourceType type, SourceConfig config,
               PublishConfig proposal, Runner::Events events);

    SourceId id() const { return m_id; }
    const SourceType &type() const { return m_type; }
    const SourceConfig &config() const { return m_config; }
    const PublishConfig &publishConfig() const { return m_publish; }
    Runner &runner() { return m_runner; }
    Stream *stream() { return m_stream.get(); }

    void change(SourceConfig config);
    Stream &publish(PublishConfig config);
    void unpublish(); // the outputs have let go of the stream already

    // What the runner told.
    void noteHealth(Health health);
    void noteTracks(std::vector<TrackId> tracks);
    void noteLearned(const Settings &settings); // the runner knows them already
    void noteEncoderFall(const EncoderFall &fall);
    void moveUnits();

    bool isLeaving() const { return m_leaving; }
    void leave(); // stops the runner; it tells when it has ended

    SourceSnapshot describe();

private:
    EngineContext m_context;
    const SourceId m_id;
    const SourceType m_type;
    SourceConfig m_config;
    PublishConfig m_publish;
    Health m_health;
    std::vector<TrackId> m_tracks;
    std::unique_ptr<Stream> m_stream;
    std::unique_ptr<StreamTeller> m_teller; // null: it is not published
    bool m_leaving = false;
    bool m_lost = false; // a notice told so
    Runner m_runner;
};

} // namespace heliograph
