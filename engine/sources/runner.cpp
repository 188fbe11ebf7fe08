#include "sources/runner.h"

#include "core/random.h"
#include "engine/sentences.h"
#include "sources/backoff.h"
#include "sources/catalogue.h"

namespace heliograph {

namespace {

using std::chrono::milliseconds;

Settings liveless(const Settings &settings, const SettingsSchema &schema)
{
    Settings rest;
    for (const auto &[key, value] : settings)
        if (const SettingField *field = findField(schema, key); field && !field->live)
            rest.emplace(key, value);
    return rest;
}

} // namespace

Runner::Runner(const SourceType &type, std::string name, Settings settings, Events events, Log &log,
               const SourceContext &context)
    : m_type(type)
    , m_name(std::move(name))
    , m_events(std::move(events))
    , m_log(log)
    , m_context(context)
    , m_hasPreview(type.kind == SourceKind::Raw && type.hasPictures)
{
    m_newSettings.put(std::move(settings));
}

Runner::~Runner()
{
    requestStop();
}

void Runner::start()
{
    m_thread = std::jthread([this](const std::stop_token &stop) { run(stop); });
}

void Runner::requestStop()
{
    m_thread.request_stop();
}

void Runner::setEncoding(bool encoding)
{
    for (Alternative &each : m_alternatives)
        each.told = false;
    m_encoding = encoding;
}

void Runner::configure(Settings settings)
{
    m_newSettings.put(std::move(settings));
    m_wakeup.signal();
    m_interruption.cut();
}

void Runner::control(const PlaybackCommand &command)
{
    if (command.paused) {
        m_wish.command.paused = command.paused;
        ++m_wish.pauses;
    }
    if (command.position) {
        m_wish.command.position = command.position;
        ++m_wish.seeks;
    }
    m_newWish.put(m_wish);
    m_wakeup.signal();
    m_interruption.cut();
}

std::string Runner::encoder() const
{
    const char *title = m_encoderTitle;
    return title ? title : "";
}

void Runner::run(const std::stop_token &stop)
{
    SystemRandom random;
    Backoff backoff(random);
    while (!stop.stop_requested()) {
        beginTurn(stop);
        takeSettings();
        report(HealthState::Starting,
               m_type.awaits ? std::optional(Error{*m_type.awaits, {}}) : std::nullopt);
        m_delivered = false;
        const auto turn = runOnce(stop);
        if (turn == Turn::Ended)
            restAtEnd(stop);
        if (turn)
            continue; // stopped, to be opened anew, or ended and to be opened anew
        if (stop.stop_requested())
            break;
        if (turn.error().code == ErrorCode::ScreenRefused) { // do not ask and ask again
            rest(turn.error(), stop);
            continue;
        }
        if (m_delivered)
            backoff.begin();
        const milliseconds wait = backoff.next(turn.error().code);
        m_log.warn("source {}: {} [{}]", m_name, sentence(turn.error()),
                   maskCredentials(turn.error().detail));
        report(HealthState::Retrying, turn.error(), wait);
        m_wakeup.waitFor(wait, stop);
    }
    m_events.ended();
}

Result<Runner::Turn> Runner::runOnce(const std::stop_token &stop)
{
    auto source = m_type.create(m_settings, m_context);
    if (!source)
        return tl::unexpected(source.error());
    const auto tracks = (*source)->open(m_turn);
    if (!tracks && isCut(tracks.error(), stop))
        return Turn::OpenAnew;
    if (!tracks)
        return tl::unexpected(tracks.error());
    m_events.tracks(*tracks);
    for (Alternative &each : m_alternatives)
        each.told = false;
    takeWish(); // it was meant for the source before
    if (const auto command = std::exchange(m_toBegin, {}))
        (*source)->control(*command);
    (*source)->deliverBy([this](const AccessUnitPtr &unit) { return pass(unit); });
    keepLearned(**source);
    m_encoder.requestKeyframe(); // what comes now does not continue what was before
    while (!stop.stop_requested()) {
        (*source)->setWatched(m_watched || m_sound.listener()->isWanted());
        if (const auto command = takeWish())
            (*source)->control(*command);
        const auto item = (*source)->read(m_turn);
        if (!item && !isCut(item.error(), stop))
            return tl::unexpected(item.error());
        if (!item)
            beginTurn(stop);
        else if (std::holds_alternative<EndOfSource>(*item))
            return Turn::Ended;
        else if (std::holds_alternative<OpenAnew>(*item))
            return Turn::OpenAnew;
        else if (const auto handled = handle(*item); !handled)
            return tl::unexpected(handled.error());
        if (takeSettings())
            return Turn::OpenAnew;
    }
    return Turn::Stop;
}

void Runner::keepLearned(const Source &source)
{
    const Settings learned = source.learned();
    for (const auto &[key, value] : learned)
        m_settings[key] = value;
    if (!learned.empty() && m_events.learned)
        m_events.learned(learned);
}

// Where one may wait for a publisher for days, or for a camera at a wrong address, new settings end
// the wait; others look for them soon enough, and would lose what they were about to deliver.
void Runner::beginTurn(const std::stop_token &stop)
{
    const bool waits = m_type.awaits || m_type.kind == SourceKind::Mixed;
    m_turn = waits ? m_interruption.begin(stop) : stop;
}

bool Runner::isCut(const Error &error, const std::stop_token &stop) const
{
    return error.code == ErrorCode::Cancelled && m_turn.stop_requested() && !stop.stop_requested();
}

// Nothing has failed, and trying again would find the same end: only other settings and a person
// who wants to see it once more begin anew.
void Runner::restAtEnd(const std::stop_token &stop)
{
    m_log.info("source {}: has come to its end", m_name);
    rest(Error{ErrorCode::EndOfSource, {}}, stop);
}

void Runner::rest(Error reason, const std::stop_token &stop)
{
    report(HealthState::Failed, std::move(reason));
    while (!stop.stop_requested() && !takeSettings() && !wantsAgain())
        m_wakeup.wait(stop);
}

// It is to play, or to show a place: not where it is to pause.
bool Runner::wantsAgain()
{
    const auto wish = takeWish();
    if (!wish || (!wish->position && wish->paused != false))
        return false;
    m_toBegin = wish;
    return true;
}

// True: the source must start anew.
bool Runner::takeSettings()
{
    auto settings = m_newSettings.take();
    if (!settings)
        return false;
    const SettingsSchema schema = wholeSchema(m_type);
    const bool anew = liveless(*settings, schema) != liveless(m_settings, schema);
    m_settings = *std::move(settings);
    if (m_type.kind != SourceKind::Passthrough && m_type.hasPictures) {
        m_encoderConfig = encoderConfig(m_settings);
        m_encoder.configure(m_encoderConfig);
    }
    if (m_type.kind != SourceKind::Passthrough && m_type.hasSound)
        m_sound.configure(soundConfig(m_settings));
    return anew;
}

// What is new of it.
std::optional<PlaybackCommand> Runner::takeWish()
{
    const auto wish = m_newWish.take();
    if (!wish)
        return std::nullopt;
    PlaybackCommand command = wish->command;
    if (wish->pauses == m_known.pauses)
        command.paused.reset();
    if (wish->seeks == m_known.seeks)
        command.position.reset();
    m_known = *wish;
    return command;
}

Result<> Runner::handle(const SourceItem &item)
{
    if (!m_delivered.exchange(true))
        report(HealthState::Ok);
    if (const auto *frame = std::get_if<VideoFrame>(&item))
        return handleFrame(*frame);
    if (const auto *sound = std::get_if<AudioFrame>(&item))
        return handleSound(*sound);
    pass(std::get<AccessUnitPtr>(item));
    return {};
}

// On the runner's thread, or on that of who pushes to the source.
bool Runner::pass(const AccessUnitPtr &unit)
{
    if (!m_delivered.exchange(true))
        report(HealthState::Ok);
    if (unit->track == TrackId::Video) {
        ++m_frames;
        m_hasPreview = false;
        m_width = unit->config->width();
        m_height = unit->config->height();
    }
    m_sound.listener()->offer(unit);
    return !m_encoding || hand(unit);
}

Result<> Runner::handleFrame(const VideoFrame &frame)
{
    ++m_frames;
    m_dropped += frame.skipped;
    m_width = frame.format.width;
    m_height = frame.format.height;
    m_hasPreview = true;
    m_preview->offer(frame);
    if (!m_encoding || m_resting || isTooSoon(frame.pts))
        return {};
    const auto unit = m_encoder.encode(frame);
    if (auto fall = m_encoder.takeFall(); fall && m_events.encoderFell)
        m_events.encoderFell(*std::move(fall));
    m_encoderTitle = m_encoder.title();
    if (!unit)
        return tl::unexpected(unit.error());
    if (*unit)
        hand(*unit);
    return {};
}

Result<> Runner::handleSound(const AudioFrame &frame)
{
    const bool encodes = m_encoding && !m_resting;
    if (frame.original && m_encoding && isWanted(TrackId::Original))
        hand(frame.original);
    const auto units = m_sound.take(frame, {encodes, encodes && isWanted(TrackId::Opus)});
    if (!units)
        return tl::unexpected(units.error());
    for (const AccessUnitPtr &unit : *units)
        hand(unit);
    return {};
}

bool Runner::isWanted(TrackId alternative) const
{
    const Alternative &it = m_alternatives[std::size_t(alternative)];
    return it.asked || !it.told;
}

// False: the engine is behind.
bool Runner::hand(const AccessUnitPtr &unit)
{
    m_alternatives[std::size_t(unit->track)].told = true;
    const bool picture = unit->track == TrackId::Video;
    // By the wall: after a hold-up on its way, a network's source delivers seconds at one go.
    const Timestamp now = SystemClock().now();
    switch (m_units.push(unit, now, picture && unit->keyframe, picture)) {
    case InboxPush::First:
        m_events.unitsWaiting();
        return true;
    case InboxPush::Queued:
        return true;
    case InboxPush::Refused:
        break;
    }
    ++m_dropped;
    m_encoder.requestKeyframe();
    return false;
}

// Thins a faster camera out to the rate asked for, evenly; a slower one passes whole.
bool Runner::isTooSoon(Timestamp pts)
{
    const Timestamp interval(std::int64_t(1e9 / m_encoderConfig.fps));
    if (pts < m_nextPicture - interval * 2 / 5) // cameras deliver a little early and late
        return true;
    const bool late = pts - m_nextPicture > interval;
    m_nextPicture = (late ? pts : m_nextPicture) + interval;
    return false;
}

void Runner::report(HealthState state, std::optional<Error> error, milliseconds retryIn)
{
    Health health;
    health.state = state;
    health.error = std::move(error);
    health.retryIn = retryIn;
    health.since = WallClock::now();
    m_events.health(std::move(health));
}

} // namespace heliograph
