#include "studio/source_host.h"

namespace heliograph {

namespace {

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

SourceHost::SourceHost(const EngineContext &context, SourceId id, SourceType type,
                       SourceConfig config, PublishConfig proposal, Runner::Events events)
    : m_context(context)
    , m_id(id)
    , m_type(std::move(type))
    , m_config(std::move(config))
    , m_publish(std::move(proposal))
    , m_runner(m_type, m_config.name, m_config.settings, std::move(events), context.log,
               SourceContext{context.desk})
{
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
    const bool encodes = m_type.kind != SourceKind::Passthrough;
    m_stream = std::make_unique<Stream>(
        StreamConfig{m_publish.mount, joinAt(m_type.kind), m_tracks,
                     encodes ? [this] { m_runner.requestKeyframe(); } : std::function<void()>()},
        m_context.clock);
    m_teller = std::make_unique<StreamTeller>(m_context.hooks, *m_stream);
    m_runner.requestKeyframe();
    m_runner.setEncoding(true);
    return *m_stream;
}

void SourceHost::unpublish()
{
    m_runner.setEncoding(false);
    m_teller.reset();
    m_stream.reset();
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

void SourceHost::moveUnits()
{
    for (const AccessUnitPtr &unit : m_runner.takeUnits())
        if (m_stream)
            m_stream->push(unit);
}

void SourceHost::leave()
{
    m_leaving = true;
    m_runner.requestStop();
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
    if (const auto playback = m_runner.playback())
        source.playback = *playback;
    source.story = *m_runner.story();
    return source;
}

} // namespace heliograph
