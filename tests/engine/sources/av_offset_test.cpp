// An hour of flash and beep from a sound card whose clock is off, to the decoders of viewers.
//
// Simulated: the clock, which runs as fast as this computer can; the card, which counts its samples
// at another rate than it says, in blocks whose times jitter; and the network, of which only the
// TCP connections are missing. Real: drift correction, the encoders of picture, AAC and Opus, the
// RTSP server with its RTP and its sender reports, and the decoders. Coding is nearly all that it
// costs: so one hour is AAC throughout and the other Opus, the other coding is made for some
// minutes only, as for a viewer who comes and goes, and only those minutes are decoded.
#include "codec/encoder_kinds.h"
#include "codec/ffmpeg/h264_encoder.h"
#include "sources/pattern/flash_and_beep.h"
#include "sources/sound_chain.h"
#include "support/av_receiver.h"
#include "support/bare_server.h"
#include "wire/rtsp/reader.h"
#include "wire/rtsp/session_header.h"

#include <cmath>
#include <gtest/gtest.h>
#include <map>
#include <numbers>
#include <random>

using namespace heliograph;
using namespace std::chrono_literals;

namespace {

constexpr int rate = 48000;
constexpr int blockSamples = 960; // 20 ms
constexpr int beepTone = 1000; // Hz; a block holds whole waves
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr Timestamp hour = 10min; // they are ten times slower, and look for other things
#else
constexpr Timestamp hour = 1h;
#endif
constexpr Timestamp pictureStep = 500ms; // one of two is in a flash
constexpr Timestamp step = 250ms;

AudioFrame tone()
{
    std::vector<float> samples(blockSamples);
    for (std::size_t i = 0; i < samples.size(); ++i)
        samples[i] = float(0.3 * std::sin(2 * std::numbers::pi * beepTone * double(i) / rate));
    AudioFrame frame;
    frame.sampleRate = rate;
    frame.channels = 1;
    frame.samples = Bytes::copyOf(
        {reinterpret_cast<const std::uint8_t *>(samples.data()), samples.size() * sizeof(float)});
    return frame;
}

class Card {
public:
    Card(double ppm, Timestamp start)
        : m_realRate(rate * (1 + ppm / 1e6))
        , m_start(start)
    {
    }

    // Of the sample that it takes next.
    Timestamp now() const
    {
        return m_start + Timestamp(std::int64_t(double(m_count) / m_realRate * 1e9));
    }

    AudioFrame next(const FlashAndBeep &scene)
    {
        AudioFrame frame = m_tone;
        frame.pts = now();
        frame = scene.apply(frame);
        frame.pts += Timestamp(m_jitter(m_random));
        m_count += blockSamples;
        return frame;
    }

private:
    const double m_realRate;
    const Timestamp m_start;
    const AudioFrame m_tone = tone();
    std::int64_t m_count = 0;
    std::mt19937 m_random{1};
    std::uniform_int_distribution<std::int64_t> m_jitter{0, 6'000'000};
};

// The source, as its runner would have it.
class Scene {
public:
    Scene(double ppm, Stream &stream, Timestamp start)
        : m_stream(stream)
        , m_card(ppm, start)
        , m_nextPicture(start)
    {
        m_black.format = {160, 90, PixelFormat::I420};
        m_black.strides = {160, 80, 80};
        m_black.planes = {Bytes(std::vector<std::uint8_t>(160 * 90, 16)),
                          Bytes(std::vector<std::uint8_t>(80 * 45, 128)),
                          Bytes(std::vector<std::uint8_t>(80 * 45, 128))};
        EncoderConfig config;
        config.encoder = softwareEncoder.id;
        config.fps = 2;
        config.bitrate = 100'000;
        m_encoder.configure(config);
        m_sound.configure({.bitrate = 32'000}); // which is soonest done
    }

    void passUntil(Timestamp now, const SoundWish &wish)
    {
        for (; m_nextPicture <= now; m_nextPicture += pictureStep) {
            m_black.pts = m_nextPicture;
            m_stream.push(m_encoder.encode(m_scene.apply(m_black)).value());
        }
        while (m_card.now() < now) {
            const auto units = m_sound.take(m_card.next(m_scene), wish).value();
            for (const AccessUnitPtr &unit : units)
                m_stream.push(unit);
        }
    }

private:
    Stream &m_stream;
    Card m_card;
    Timestamp m_nextPicture;
    VideoFrame m_black;
    FlashAndBeep m_scene;
    H264Encoder m_encoder;
    SoundChain m_sound;
};

Stream &publish(test::BareServer &bare)
{
    StreamConfig config;
    config.mount = "av";
    config.tracks = {TrackId::Video, TrackId::Audio};
    bare.streams.push_back(std::make_unique<Stream>(config, bare.clock));
    PublishConfig published{{}, Audience::MyNetwork};
    published.mount = config.mount;
    bare.server->addMount(*bare.streams.back(), published);
    return *bare.streams.back();
}

const std::string url = "rtsp://h/av";

class Player {
public:
    Player(test::BareServer &bare, TrackId sound)
        : m_peer(bare.connect("127.0.0.1"))
    {
        m_receiver.emplace(
            ask("DESCRIBE", url + (sound == TrackId::Opus ? "?audio=opus" : "")).body, sound);
        setUp(TrackId::Video, "0-1");
        setUp(sound, "2-3");
        ask("PLAY", url);
    }

    // What has come since; kept where somebody wants it.
    void read(test::Received *into)
    {
        m_reader.feed(test::spanOf(m_peer->sent));
        m_peer->sent.clear();
        for (;;) {
            const rtsp::Arrival arrival = m_reader.next().value();
            if (const auto *frame = std::get_if<rtsp::InterleavedFrame>(&arrival))
                m_receiver->take(frame->channel, frame->payload, into);
            else if (const auto *response = std::get_if<rtsp::Response>(&arrival))
                m_response = *response;
            else
                return;
        }
    }

private:
    const rtsp::Response &ask(const std::string &method, const std::string &of,
                              const std::string &more = {})
    {
        const std::string session = m_session.empty() ? "" : "Session: " + m_session + "\r\n";
        m_peer->open->receive(test::requestText(method, of, ++m_cseq, session + more));
        read(nullptr);
        EXPECT_EQ(200, m_response.status) << method;
        return m_response;
    }

    void setUp(TrackId track, const std::string &channels)
    {
        ask("SETUP", url + "/trackID=" + std::to_string(int(track)),
            "Transport: RTP/AVP/TCP;unicast;interleaved=" + channels + "\r\n");
        m_session = rtsp::parseSession(m_response.headers.find("Session").value()).id;
    }

    const test::BareServer::Peer m_peer;
    int m_cseq = 0;
    std::string m_session;
    rtsp::Response m_response; // the newest
    rtsp::Reader m_reader;
    std::optional<test::AvReceiver> m_receiver;
};

// The first, one in the middle, and the last. The middle is for times that nobody has corrected: an
// encoder begins anew whenever they are off by 100 ms, and at the end of the hour has just done so.
bool isHeard(std::int64_t minute)
{
    return minute == 0 || minute == hour / 2min || minute == hour / 1min - 1;
}

using Minutes = std::map<std::int64_t, test::Received>;

void expectTogether(const char *sound, const Minutes &minutes)
{
    ASSERT_EQ(3u, minutes.size());
    for (const auto &[minute, received] : minutes) {
        const std::vector<double> offsets = test::offsetsIn(received);
        ASSERT_GE(offsets.size(), 57u);
        const auto [least, most] = std::ranges::minmax(offsets);
        std::printf("%s, minute %2d: the beep comes %.1f to %.1f ms after the flash\n", sound,
                    int(minute), least, most);
        EXPECT_GT(least, -20);
        EXPECT_LT(most, 20);
    }
}

// always: which coding is made for the whole hour; the other one only while it is heard.
void playForAnHour(double ppm, TrackId always)
{
    test::BareServer bare;
    const Timestamp start = bare.clock.now();
    Scene scene(ppm, publish(bare), start);
    bare.pass(step);
    scene.passUntil(bare.clock.now(), {true, true});
    Player aac(bare, TrackId::Audio);
    Player opus(bare, TrackId::Opus);
    Minutes aacMinutes;
    Minutes opusMinutes;
    while (bare.clock.now() - start < hour) {
        const auto minute = (bare.clock.now() - start) / 1min;
        const bool heard = isHeard(minute);
        bare.pass(step);
        scene.passUntil(bare.clock.now(),
                        {heard || always == TrackId::Audio, heard || always == TrackId::Opus});
        aac.read(heard ? &aacMinutes[minute] : nullptr);
        opus.read(heard ? &opusMinutes[minute] : nullptr);
    }
    expectTogether("AAC", aacMinutes);
    expectTogether("Opus", opusMinutes);
}

} // namespace

TEST(AvOffset, C10_ABeepIsHeardWithItsFlashForAnHourFromACardThatIsTooFast)
{
    playForAnHour(200, TrackId::Audio);
}

TEST(AvOffset, C10_ABeepIsHeardWithItsFlashForAnHourFromACardThatIsTooSlow)
{
    playForAnHour(-200, TrackId::Opus);
}
