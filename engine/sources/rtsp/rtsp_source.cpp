#include "sources/rtsp/rtsp_source.h"

#include "core/wakeup.h"
#include "gst/sample.h"
#include "sources/rtsp/camera_address.h"
#include "sources/rtsp/camera_pipeline.h"
#include "sources/rtsp/camera_reader.h"
#include "sources/rtsp/handshake.h"

namespace heliograph {

namespace {

using Fact = StoryLine::Fact;

constexpr std::chrono::milliseconds readPatience(200);
constexpr Timestamp stalledAfter = std::chrono::seconds(5);
// While there is another transport to try: with it, data comes within five seconds.
constexpr Timestamp silentAfter = std::chrono::seconds(3);
// A microphone that is switched off is offered, and never heard.
constexpr Timestamp allWithin = std::chrono::milliseconds(1500);
constexpr std::chrono::milliseconds breath(500);
constexpr Timestamp lossPeriod = std::chrono::seconds(2);

SettingsSchema rtspSchema()
{
    return {
        {.key = "url",
         .title = "Address",
         .help = "rtsp:// or rtsps://, the camera's name or IP address, and its path: the manual "
                 "has it.",
         .kind = SettingKind::Text,
         .fallback = std::string()},
        {.key = "user",
         .title = "User",
         .help = "Who the camera lets in; empty when it asks nobody.",
         .kind = SettingKind::Text,
         .fallback = std::string()},
        {.key = "password",
         .title = "Password",
         .help = "The password of that user; any characters.",
         .kind = SettingKind::Secret,
         .fallback = Secret()},
        {.key = "transport",
         .title = "Transport",
         .help = "How the pictures come. Automatic tries UDP, then TCP, and remembers what worked.",
         .kind = SettingKind::Choice,
         .fallback = std::string("automatic"),
         .choices = {{"automatic", "Automatic"}, {"tcp", "TCP"}, {"udp", "UDP"}}},
        {.key = "reencode",
         .title = "Encode anew",
         .help =
             "Decodes H.264 and H.265 pictures that could pass as they are, for another size or "
             "bitrate.",
         .kind = SettingKind::Toggle,
         .fallback = false},
    };
}

// Thread: the runner's. Owner: the runner.
class RtspSource final : public Source {
public:
    RtspSource(CameraAddress address, const Settings &settings,
               std::shared_ptr<SourceMemory> memory)
        : m_address(std::move(address))
        , m_transport(textOf(settings, "transport"))
        , m_reencode(toggleOf(settings, "reencode"))
        , m_memory(std::move(memory))
        , m_doctor(m_memory, m_clock)
    {
    }

    Result<std::vector<TrackId>> open(const std::stop_token &stop) override;
    Result<SourceItem> read(const std::stop_token &stop) override;

private:
    Result<> connect(const CameraOffer &offer, const std::vector<CameraTrack> &tracks,
                     const std::stop_token &stop);
    Result<> askTwice(const std::function<Result<>()> &attempt, const std::stop_token &stop) const;
    Result<> prove(const std::function<Result<>(bool byUs)> &attempt) const;
    Result<> tryOver(CameraTransport transport, bool byUs, Timestamp patience,
                     const CameraOffer &offer, const std::vector<CameraTrack> &tracks,
                     const std::stop_token &stop);
    Result<> await(Timestamp patience, std::size_t tracks, const std::stop_token &stop);
    Result<std::optional<CameraReader::Item>> take();
    void note(const CameraReader::Item &item);
    Result<> watch();
    tl::unexpected<Error> end(const Error &error);

    const SystemClock m_clock;
    SystemRandom m_random;
    const CameraAddress m_address;
    const std::string m_transport;
    const bool m_reencode;
    const std::shared_ptr<SourceMemory> m_memory;
    Doctor m_doctor;
    std::shared_ptr<CameraLogin> m_login;
    std::unique_ptr<CameraPipeline> m_pipeline;
    std::optional<CameraReader> m_reader;
    Timestamp m_lastPicture{0}; // or sound, where there are no pictures
    Timestamp m_lastSound{0};
    Timestamp m_lossTold{0};
};

Result<std::vector<TrackId>> RtspSource::open(const std::stop_token &stop)
{
    m_login = std::make_shared<CameraLogin>(m_address.user, m_address.password, m_random);
    const auto offer = shakeHands(m_address, *m_login, m_doctor, stop);
    if (!offer)
        return tl::unexpected(offer.error()); // its story is told, and its detail in sentences
    const auto tracks = planCamera(offer->session, m_reencode);
    if (!tracks)
        return end(tracks.error());
    for (const CameraTrack &track : *tracks)
        m_doctor.tell(Fact::Offered, track.name,
                      track.passes ? "it is passed on as it is" : "it is decoded and encoded anew");
    if (const auto connected = connect(*offer, *tracks, stop); !connected)
        return end(connected.error());
    return m_reader->tracks();
}

// Over the first transport that brings something.
Result<> RtspSource::connect(const CameraOffer &offer, const std::vector<CameraTrack> &tracks,
                             const std::stop_token &stop)
{
    const auto order = transportOrder(m_transport, m_address.url, m_memory->facts);
    Result<> outcome;
    for (const CameraTransport transport : order) {
        const Timestamp patience = transport == order.back() ? stalledAfter : silentAfter;
        const Timestamp asked = m_clock.now();
        m_doctor.tell(Fact::TryingTransport, nameOf(transport));
        const auto attempt = [&](bool byUs) {
            return tryOver(transport, byUs, patience, offer, tracks, stop);
        };
        outcome = askTwice([&] { return prove(attempt); }, stop);
        if (outcome) {
            m_doctor.tell(Fact::DataCame, nameOf(transport), durationText(m_clock.now() - asked));
            rememberTransport(m_address.url, transport, m_memory->facts);
            m_lastPicture = m_lastSound = m_lossTold = m_clock.now();
            return outcome;
        }
        const ErrorCode code = outcome.error().code;
        if (code == ErrorCode::Stalled)
            m_doctor.tell(Fact::TransportSilent, nameOf(transport), durationText(patience));
        else if (code == ErrorCode::Unsupported || code == ErrorCode::ConnectionLost)
            m_doctor.tell(Fact::TransportRefused, nameOf(transport));
        else
            return outcome; // another transport would not help
    }
    return outcome;
}

// A camera may still be busy with our connection before this one, and hang up on the next.
Result<> RtspSource::askTwice(const std::function<Result<>()> &attempt,
                              const std::stop_token &stop) const
{
    auto outcome = attempt();
    if (outcome || outcome.error().code != ErrorCode::ConnectionLost)
        return outcome;
    Wakeup().waitFor(breath, stop);
    return attempt();
}

// Where both of us can, rtspsrc comes last: it has to guess when it is asked for qop.
Result<> RtspSource::prove(const std::function<Result<>(bool byUs)> &attempt) const
{
    if (!m_login->isChosen() || m_login->isPlain())
        return attempt(false);
    auto outcome = attempt(true);
    const bool isRefused = !outcome && outcome.error().code == ErrorCode::LoginRefused;
    return isRefused && m_login->isNearlyPlain() ? attempt(false) : outcome;
}

Result<> RtspSource::tryOver(CameraTransport transport, bool byUs, Timestamp patience,
                             const CameraOffer &offer, const std::vector<CameraTrack> &tracks,
                             const std::stop_token &stop)
{
    m_pipeline.reset(); // lets go of the login and of the camera
    auto pipeline =
        CameraPipeline::start(m_address, offer.url, tracks, transport, byUs ? m_login : nullptr);
    if (!pipeline)
        return tl::unexpected(pipeline.error());
    m_pipeline = *std::move(pipeline);
    m_reader.emplace(tracks, m_clock);
    return await(patience, tracks.size(), stop);
}

// Something must come; then for a while the other track may, and a few pictures more.
Result<> RtspSource::await(Timestamp patience, std::size_t tracks, const std::stop_token &stop)
{
    const Timestamp begin = m_clock.now();
    std::optional<Timestamp> first;
    while (!stop.stop_requested()) {
        auto sample = m_pipeline->read(readPatience);
        if (!sample)
            return tl::unexpected(sample.error());
        const Timestamp now = m_clock.now();
        if (*sample) {
            first = first.value_or(now);
            m_reader->keep(**std::move(sample));
        }
        const bool isAll = m_reader->heard() == tracks && m_reader->knowsOrder();
        if (first && (isAll || now - *first > allWithin))
            return m_reader->settle();
        if (!first && now - begin > patience)
            return failure(ErrorCode::Stalled);
    }
    return failure(ErrorCode::Cancelled);
}

Result<SourceItem> RtspSource::read(const std::stop_token &stop)
{
    while (!stop.stop_requested()) {
        auto item = take();
        if (!item)
            return end(item.error());
        if (*item)
            note(**item);
        if (const auto watched = watch(); !watched)
            return end(watched.error());
        if (*item)
            return std::move((*item)->item);
    }
    return failure(ErrorCode::Cancelled);
}

void RtspSource::note(const CameraReader::Item &item)
{
    const Timestamp now = m_clock.now();
    if (item.isPicture())
        m_doctor.notePicture(item.pts, item.keyframe, item.size, item.ntp);
    if (item.isPicture() || !m_reader->hasPictures())
        m_lastPicture = now;
    else
        m_lastSound = now;
    if (now - m_lossTold < lossPeriod)
        return;
    m_lossTold = now;
    const auto packets = m_pipeline->packets();
    m_doctor.noteLoss(packets.received, packets.lost);
}

Result<std::optional<CameraReader::Item>> RtspSource::take()
{
    auto sample = m_reader->kept();
    if (!sample) {
        auto read = m_pipeline->read(readPatience);
        if (!read)
            return tl::unexpected(read.error());
        sample = *std::move(read);
    }
    return sample ? m_reader->convert(*std::move(sample)) : std::nullopt;
}

// Sound alone does not count: cameras were seen that come back with nothing else.
Result<> RtspSource::watch()
{
    const Timestamp silence = m_clock.now() - m_lastPicture;
    if (silence < stalledAfter)
        return {};
    if (m_lastSound > m_lastPicture)
        m_doctor.tell(Fact::SoundOnly, durationText(silence));
    return failure(ErrorCode::Stalled);
}

tl::unexpected<Error> RtspSource::end(const Error &error)
{
    if (error.code != ErrorCode::Cancelled)
        m_doctor.tellEnd(Fact::Ended, error);
    return within("read camera", error);
}

} // namespace

SourceType rtspSource()
{
    return {
        .id = "rtsp",
        .title = "IP camera (RTSP)",
        .kind = SourceKind::Mixed,
        .schema = rtspSchema(),
        .create = [](const Settings &settings,
                     const SourceContext &context) -> Result<std::unique_ptr<Source>> {
            auto address = cameraAddress(settings);
            if (!address)
                return tl::unexpected(address.error());
            return std::make_unique<RtspSource>(*std::move(address), settings, context.memory);
        },
        .discover = nullptr,
        .awaits = std::nullopt,
        .hasSound = true,
        .tidy = separateLogin,
    };
}

} // namespace heliograph
