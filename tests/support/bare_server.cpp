#include "support/bare_server.h"

#include "engine/studio.h"
#include "media/aac.h"
#include "outputs/rtmp/rtmp_output.h"
#include "outputs/rtsp/rtsp_output.h"

#include <algorithm>

namespace heliograph::test {

namespace {

std::shared_ptr<const Track> trackOf320x240()
{
    static const auto track = [] {
        H264Config config;
        config.sps = Bytes({0x67, 0x42, 0xc0, 0x0d, 0xda, 0x05, 0x07, 0xe8, 0x40, 0,   0,
                            3,    0,    0x40, 0,    0,    0x0f, 0x23, 0xc5, 0x0a, 0xa8});
        config.pps = Bytes({0x68, 0xce, 0x0f, 0xc8});
        config.info = h264::parseSps(config.sps).value();
        return std::make_shared<const Track>(Track{TrackId::Video, 1, config});
    }();
    return track;
}

std::shared_ptr<const Track> aacTrack()
{
    static const auto track = [] {
        AacConfig config;
        config.audioSpecificConfig = Bytes(makeAudioSpecificConfig(48000, 2));
        return std::make_shared<const Track>(Track{TrackId::Audio, 1, config});
    }();
    return track;
}

} // namespace

BareConnection::BareConnection(std::shared_ptr<State> state, net::Endpoint local,
                               net::Endpoint peer)
    : m_state(std::move(state))
    , m_local(local)
    , m_peer(peer)
{
    m_state->open = this;
}

BareConnection::~BareConnection()
{
    m_state->open = nullptr;
}

void BareConnection::receive(std::string_view bytes)
{
    if (m_handler)
        m_handler->onBytes({reinterpret_cast<const std::uint8_t *>(bytes.data()), bytes.size()});
}

void BareConnection::makeWritable()
{
    if (m_handler && std::exchange(m_awaited, false))
        m_handler->onWritable();
}

void BareConnection::hangUp()
{
    if (Handler *told = std::exchange(m_handler, nullptr))
        told->onClosed();
}

Result<std::size_t> BareConnection::trySend(ByteSpan bytes)
{
    const std::size_t taken = std::min(bytes.size(), m_state->room);
    if (m_state->room != SIZE_MAX)
        m_state->room -= taken;
    if (m_state->keep)
        m_state->sent.append(reinterpret_cast<const char *>(bytes.data()), taken);
    m_state->sentBytes += taken;
    return taken;
}

SettingsSchema schemaOf(const rtsp::Server &)
{
    return rtspOutput().info.schema;
}

SettingsSchema schemaOf(const rtmp::Server &)
{
    return rtmpOutput().info.schema;
}

BareEngine::BareEngine()
    : log(LogLevel::Quiet)
{
}

Stream &BareEngine::addStream(const std::string &mount, PublishConfig config,
                              std::vector<TrackId> tracks)
{
    StreamConfig stream;
    stream.mount = mount;
    stream.joinAt = JoinAt::CachedKeyframe;
    stream.tracks = tracks;
    streams.push_back(std::make_unique<Stream>(stream, clock));
    config.mount = mount;
    output().addMount(*streams.back(), config);
    push(*streams.back(), true, 100);
    if (std::ranges::find(tracks, TrackId::Audio) != tracks.end())
        pushSound(*streams.back());
    return *streams.back();
}

Stream &BareEngine::addStreamWithSound(const std::string &mount)
{
    return addStream(mount, {{}, Audience::MyNetwork}, {TrackId::Video, TrackId::Audio});
}

void BareEngine::push(Stream &stream, bool keyframe, std::size_t bytes)
{
    auto unit = std::make_shared<AccessUnit>();
    unit->config = trackOf320x240();
    unit->pts = unit->dts = clock.now();
    unit->keyframe = keyframe;
    const auto &config = std::get<H264Config>(unit->config->config);
    if (keyframe)
        unit->units = {config.sps, config.pps};
    std::vector<std::uint8_t> slice(std::max<std::size_t>(bytes, 2), 0x5a);
    slice[0] = keyframe ? 0x65 : 0x41;
    slice[1] = 0x88;
    unit->units.emplace_back(std::move(slice));
    stream.push(unit);
}

void BareEngine::pushSound(Stream &stream)
{
    auto unit = std::make_shared<AccessUnit>();
    unit->track = TrackId::Audio;
    unit->config = aacTrack();
    unit->pts = unit->dts = clock.now();
    unit->keyframe = true;
    unit->units.emplace_back(std::vector<std::uint8_t>(100, 0x21));
    stream.push(unit);
}

BareEngine::Peer BareEngine::connect(const std::string &address, const std::string &local)
{
    auto state = std::make_shared<BareConnection::State>();
    accept(std::make_unique<BareConnection>(
        state, net::Endpoint{net::Address::parse(local).value(), 554},
        net::Endpoint{net::Address::parse(address).value(), ++m_lastPort}));
    return state;
}

void BareEngine::pass(Timestamp time)
{
    constexpr Timestamp step = std::chrono::milliseconds(250);
    for (Timestamp left = time; left.count() > 0; left -= step) {
        clock.advance(std::min(left, step));
        sweep();
        loop.runReady();
    }
}

std::string requestText(const std::string &method, const std::string &url, int cseq,
                        const std::string &moreLines)
{
    return method + " " + url + " RTSP/1.0\r\nCSeq: " + std::to_string(cseq) + "\r\n" + moreLines
        + "\r\n";
}

} // namespace heliograph::test
