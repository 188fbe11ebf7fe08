// One source as the engine keeps it: its runner, and its stream while it is published.
// Thread: the loop. Owner: the engine.
#pragma once

#include "engine/snapshot.h"
#include "sources/runner.h"
#include "stream/output.h"
#include "stream/stream.h"
#include "studio/slate_player.h"
#include "studio/stream_teller.h"

#include <memory>
#include <vector>

namespace heliograph {

class SourceHost {
public:
    // config.settings: complete. events: see Runner.
    SourceHost(const EngineContext &context, SlateMaker &slates, SourceId id, SourceType type,
               SourceConfig config, PublishConfig proposal, Runner::Events events);

    SourceId id() const { return m_id; }
    const SourceType &type() const { return m_type; }
    const SourceConfig &config() const { return m_config; }
    const PublishConfig &publishConfig() const { return m_publish; }
    Runner &runner() { return m_runner; }
    Stream *stream() { return m_stream.get(); }

    void change(SourceConfig config);
    Stream &publish(PublishConfig config);
    // What is published already goes on: only what viewers see of a loss, and whether it rests, may
    // be another.
    void amend(PublishConfig config);
    void unpublish(); // the outputs have let go of the stream already
    // Its stream and how it is published go on with another's pictures; the viewers stay. The other
    // must deliver, and not be published.
    void handOverTo(SourceHost &other);
    bool isDelivering() const { return m_health.state == HealthState::Ok && !m_tracks.empty(); }

    // What the runner told.
    void noteHealth(Health health);
    void noteTracks(std::vector<TrackId> tracks);
    void noteLearned(const Settings &settings); // the runner knows them already
    void noteEncoderFall(const EncoderFall &fall);
    void moveUnits();
    void sweep(); // to be called a few times a second

    bool isLeaving() const { return m_leaving; }
    void leave(); // stops the runner; it tells when it has ended

    SourceSnapshot describe();
    StreamSnapshot completed(StreamSnapshot stream) const; // with what only the host knows of it

private:
    bool isFailing() const;
    bool isSilentOnPurpose() const;
    void wake();
    void restIfUnwatched();
    void askForAlternatives();
    SlatePlayer::Terms slateTerms();
    std::function<void()> keyframeRequest();
    void attend();
    void release();
    void tellMount();

    EngineContext m_context;
    SlateMaker &m_slates;
    const SourceId m_id;
    const SourceType m_type;
    SourceConfig m_config;
    PublishConfig m_publish;
    Health m_health;
    std::vector<TrackId> m_tracks;
    std::unique_ptr<Stream> m_stream;
    std::unique_ptr<StreamTeller> m_teller; // null: it is not published
    std::unique_ptr<SlatePlayer> m_slate; // likewise
    Timestamp m_wanted{0}; // when somebody watched, or was about to
    bool m_leaving = false;
    bool m_lost = false; // a notice told so
    const std::shared_ptr<IngestDoor::Mount> m_mount = std::make_shared<IngestDoor::Mount>();
    Runner m_runner;
};

} // namespace heliograph
