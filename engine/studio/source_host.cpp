#include "studio/source_host.h"

#include <algorithm>

namespace heliograph {

namespace {

// Players come back within seconds when they stumble.
constexpr Timestamp restAfter = std::chrono::seconds(10);

JoinAt joinAt(SourceKind kind)
{
    switch (kind) {
    case SourceKind::Raw:
        return JoinAt::FreshKeyframe;
    case SourceKind::Passthrough:
        return JoinAt::CachedKeyframe;
    case SourceKind::Mixed:
        break;
    }
    return JoinAt::AsTheyCome;
}

} // namespace

SourceHost::SourceHost(const EngineContext &context, SlateMaker &slates, SourceId id,
                       SourceType type, SourceConfig config, PublishConfig proposal,
                       Runner::Events events)
    : m_context(context)
    , m_slates(slates)
    , m_id(id)
    , m_type(std::move(type))
    , m_config(std::move(config))
    , m_publish(std::move(proposal))
    , m_runner(m_type, m_config.name, m_config.settings, std::move(events), context.log,
               SourceContext{context.desk, m_mount})
{
    tellMount();
    m_health.since = WallClock::now();
    m_runner.start();
}

void SourceHost::change(SourceConfig config)
{
    m_config = std::move(config);
    m_runner.configure(m_config.settings);
}

Stream &SourceHost::publish(PublishConfig config)
{
    m_publish = std::move(config);
    tellMount();
    m_stream = std::make_unique<Stream>(
        StreamConfig{m_publish.mount, joinAt(m_type.kind), m_tracks, keyframeRequest()},
        m_context.clock);
    attend();
    return *m_stream;
}

void SourceHost::amend(PublishConfig config)
{
    m_publish = std::move(config);
    if (m_slate)
        m_slate->choose(m_publish.whileLost, m_publish.lostImage);
}

std::function<void()> SourceHost::keyframeRequest()
{
    if (m_type.kind == SourceKind::Passthrough)
        return {};
    return [this] { wake(); };
}

// To its stream, from now on.
void SourceHost::attend()
{
    m_teller = std::make_unique<StreamTeller>(m_context.hooks, *m_stream);
    if (m_type.hasSlate)
        m_slate = std::make_unique<SlatePlayer>(m_context, *m_stream, m_slates, slateTerms());
    m_runner.setEncoding(true);
    wake();
}

void SourceHost::release()
{
    m_runner.setEncoding(false);
    m_slate.reset();
    m_teller.reset();
}

void SourceHost::unpublish()
{
    release();
    m_stream.reset();
}

void SourceHost::handOverTo(SourceHost &other)
{
    release();
    std::swap(m_publish, other.m_publish);
    tellMount();
    other.tellMount();
    other.m_stream = std::move(m_stream);
    other.m_runner.takeUnits(); // of before
    other.m_stream->changeSource(joinAt(other.m_type.kind), other.m_tracks,
                                 other.keyframeRequest());
    other.attend();
}

// To whoever asks on behalf of a publisher.
void SourceHost::tellMount()
{
    m_mount->set(std::make_shared<const std::string>(m_publish.mount));
}

SlatePlayer::Terms SourceHost::slateTerms()
{
    const bool encodes = m_type.kind != SourceKind::Passthrough;
    SlatePlayer::Terms terms{m_publish.whileLost, m_publish.lostImage, {}, {}};
    terms.encoder = [this, encodes] {
        return encodes && m_type.hasPictures ? encoderConfig(m_config.settings) : EncoderConfig();
    };
    if (encodes)
        terms.requestKeyframe = [this] { m_runner.requestKeyframe(); };
    return terms;
}

void SourceHost::noteHealth(Health health)
{
    const bool failing =
        health.state == HealthState::Retrying || health.state == HealthState::Failed;
    if (failing && !m_lost)
        m_context.notices.post(NoticeLevel::Problem, Notice::Event::SourceLost, m_config.name, {},
                               health.error);
    if (health.state == HealthState::Ok && m_lost)
        m_context.notices.post(NoticeLevel::Information, Notice::Event::SourceRecovered,
                               m_config.name);
    m_lost = failing || (m_lost && health.state != HealthState::Ok);
    // While it tries again, the reason stays in sight.
    if (health.state == HealthState::Starting && m_lost)
        return;
    m_health = std::move(health);
}

void SourceHost::noteTracks(std::vector<TrackId> tracks)
{
    m_tracks = std::move(tracks);
    if (m_stream)
        m_stream->restart(m_tracks);
}

void SourceHost::noteLearned(const Settings &settings)
{
    for (const auto &[key, value] : settings)
        m_config.settings[key] = value;
}

void SourceHost::noteEncoderFall(const EncoderFall &fall)
{
    m_context.notices.post(NoticeLevel::Warning, Notice::Event::EncoderReplaced, m_config.name,
                           fall.encoder, fall.error);
}

void SourceHost::moveUnits()
{
    for (const AccessUnitPtr &unit : m_runner.takeUnits())
        if (m_stream && (!m_slate || m_slate->admits(*unit)))
            m_stream->push(unit);
}

bool SourceHost::isFailing() const
{
    return m_health.state == HealthState::Retrying || m_health.state == HealthState::Failed;
}

// Somebody is about to watch: the next picture is a keyframe.
void SourceHost::wake()
{
    m_wanted = m_context.clock.now();
    m_runner.setResting(false);
    m_runner.requestKeyframe();
}

// Not before the parameter sets are known: they are what viewers ask for first.
void SourceHost::restIfUnwatched()
{
    const Timestamp now = m_context.clock.now();
    const bool isWatched = m_stream->config().demand->viewers > 0;
    if (isWatched && m_runner.isResting())
        wake(); // to sound alone: nobody asks for a keyframe
    if (isWatched || !m_stream->isReady() || !m_publish.rests)
        m_wanted = now;
    m_runner.setResting(now - m_wanted > restAfter);
}

void SourceHost::askForAlternatives()
{
    for (const TrackId id : {TrackId::Opus, TrackId::Original})
        m_runner.setAskedFor(id, m_stream->config().demand->players[std::size_t(id)] > 0);
}

// Who has come to its end will not be back soon; who was paused by a person is not lost.
bool SourceHost::isSilentOnPurpose() const
{
    const auto playback = m_runner.playback();
    const bool atEnd = m_health.error && m_health.error->code == ErrorCode::EndOfSource;
    return atEnd || m_runner.isResting() || (playback && playback->paused);
}

void SourceHost::sweep()
{
    if (m_stream) {
        restIfUnwatched();
        askForAlternatives();
    }
    if (m_slate)
        m_slate->sweep(isFailing(), isSilentOnPurpose());
}

void SourceHost::leave()
{
    m_leaving = true;
    m_runner.requestStop();
}

// What passes costs next to nothing, and does not rest.
StreamSnapshot SourceHost::completed(StreamSnapshot stream) const
{
    stream.passes = stream.size != PictureSize{} && !m_runner.hasPreview();
    if (!stream.passes)
        stream.encoder = m_runner.encoder();
    const bool encodes = m_type.kind != SourceKind::Passthrough;
    stream.resting = encodes && m_runner.isResting() && stream.fps == 0;
    return stream;
}

SourceSnapshot SourceHost::describe()
{
    SourceSnapshot source;
    source.id = m_id;
    source.config = m_config;
    source.publish = m_publish;
    source.published = m_stream != nullptr;
    source.health = m_health;
    source.size = m_runner.size();
    source.frames = m_runner.frames();
    source.dropped = m_runner.dropped();
    source.hasPreview = m_runner.hasPreview();
    source.sound = m_runner.soundLevel();
    source.hasSound = std::ranges::find(m_tracks, TrackId::Audio) != m_tracks.end();
    if (const auto playback = m_runner.playback())
        source.playback = *playback;
    source.story = *m_runner.story();
    return source;
}

} // namespace heliograph
