#include "outputs/rtsp/connection.h"

#include "outputs/rtsp/methods.h"
#include "outputs/rtsp/server.h"
#include "outputs/rtsp/stamp.h"
#include "wire/rtsp/url.h"

#include <algorithm>
#include <cstring>

namespace heliograph::rtsp {

namespace {

constexpr std::chrono::milliseconds retryPeriod(20);
constexpr std::size_t interleavedHeader = 4;

Bytes toBytes(std::string_view text)
{
    return Bytes(std::vector<std::uint8_t>(text.begin(), text.end()));
}

} // namespace

Connection::Connection(Server &server, std::unique_ptr<net::Connection> socket)
    : m_link(server.context(), std::move(socket), server.limits().queue, [this] { leave(); })
    , m_server(server)
    , m_network(peer().address.networkText())
    , m_since(server.context().clock.now())
    , m_stranger(server.admission().placeForStranger(m_network))
    , m_reader(server.limits().reader)
    , m_retry(server.context().loop)
{
}

void Connection::start()
{
    m_link.socket().start(*this);
}

void Connection::onBytes(ByteSpan bytes)
{
    m_reader.feed(bytes);
    readArrivals();
}

void Connection::readArrivals()
{
    if (m_reading)
        return;
    m_reading = true;
    while (!m_answering && !m_link.isClosing()) {
        const auto arrival = m_reader.next();
        if (!arrival) {
            reply("", {.status = 400, .reason = {}, .headers = {}, .body = {}});
            closeSoon();
            break;
        }
        if (!handleArrival(*arrival))
            break;
    }
    m_reading = false;
    noteRest();
}

// A request that comes byte by byte is given so much time and no more.
void Connection::noteRest()
{
    if (m_reader.buffered() == 0 || m_answering)
        m_requestBegan.reset();
    else if (!m_requestBegan)
        m_requestBegan = m_server.context().clock.now();
}

void Connection::noteSession()
{
    m_usedSession = m_server.context().clock.now();
    m_stranger.reset();
}

bool Connection::isOverdue() const
{
    const Timestamp now = m_server.context().clock.now();
    const Limits &limits = m_server.limits();
    if (m_requestBegan && now - *m_requestBegan > limits.requestTime)
        return true;
    if (m_answering || !m_carried.empty())
        return false;
    // One that has a UDP session is heard at least once in its time-out.
    const Timestamp patience = m_usedSession
        ? std::max(limits.strangerTime, m_server.sessionGrace())
        : limits.strangerTime;
    return now - m_usedSession.value_or(m_since) > patience;
}

// Returns false when there is nothing more to read.
bool Connection::handleArrival(const Arrival &arrival)
{
    if (const auto *request = std::get_if<Request>(&arrival))
        handleRequest(*request);
    else if (const auto *frame = std::get_if<InterleavedFrame>(&arrival))
        handleInterleaved(*frame);
    else if (const auto *bad = std::get_if<BadRequest>(&arrival))
        reply(bad->cseq, {.status = bad->status, .reason = {}, .headers = {}, .body = {}});
    return !std::holds_alternative<NeedMore>(arrival);
}

void Connection::handleRequest(const Request &request)
{
    const auto cseq = request.headers.find("CSeq");
    // The path of a stream that we have; any other may be a secret that was mistyped.
    const std::string path = splitTrack(parseUrl(request.url).value_or(Url{}).path).mount;
    m_server.context().log.debug("rtsp {} {} {}", peer().text(), request.method,
                                 m_server.findMount(path, *this) ? path : "");
    if (!cseq) {
        reply("", {.status = 400, .reason = {}, .headers = {}, .body = {}});
        return;
    }
    if (m_refusal)
        reply(*cseq, *m_refusal);
    else if (auto response = answer(m_server, *this, request))
        reply(*cseq, std::move(*response));
}

Connection::Answer Connection::answerLater(const Request &request)
{
    m_answering = true;
    m_link.socket().pauseReading();
    return [this, alive = std::weak_ptr<bool>(m_alive),
            cseq = std::string(request.headers.find("CSeq").value_or(""))](Response response) {
        if (alive.expired() || !m_answering)
            return;
        m_answering = false;
        m_retry.cancel();
        reply(cseq, std::move(response));
        m_link.socket().resumeReading();
        // What had been read already is handled from the top of the loop: we may be deep inside
        // a delivery here.
        m_server.context().loop.post([this, alive] {
            if (!alive.expired())
                readArrivals();
        });
    };
}

void Connection::retryUntil(std::chrono::milliseconds deadline, std::function<bool(bool late)> task)
{
    const Timestamp end = m_server.context().clock.now() + deadline;
    m_retry.every(retryPeriod, [this, end, task = std::move(task)] {
        if (task(m_server.context().clock.now() >= end))
            m_retry.cancel();
    });
}

// '$' | channel | length, 16 bits | packet      (RFC 2326 section 10.12)
void Connection::handleInterleaved(const InterleavedFrame &frame)
{
    for (Session *session : m_carried)
        for (const TrackSetup &setup : session->tracks())
            if (setup.channels.second == frame.channel) {
                session->receiveRtcp(setup.track, frame.payload);
                return; // it may have ended the session
            }
}

void Connection::reply(std::string_view cseq, Response response)
{
    stamp(response, cseq, m_server.context().clock.wallNow());
    const bool last = response.headers.find("Connection") == "close";
    m_link.sendControl(toBytes(writeResponse(response)));
    if (last && !m_link.isClosing())
        closeSoon();
}

void Connection::sendInterleaved(std::uint8_t channel, ByteSpan payload)
{
    std::vector<std::uint8_t> block(interleavedHeader + payload.size());
    block[0] = '$';
    block[1] = channel;
    block[2] = std::uint8_t(payload.size() >> 8);
    block[3] = std::uint8_t(payload.size());
    std::memcpy(block.data() + interleavedHeader, payload.data(), payload.size());
    m_link.sendControl(Bytes(std::move(block)));
}

void Connection::carry(Session &session)
{
    if (std::find(m_carried.begin(), m_carried.end(), &session) == m_carried.end())
        m_carried.push_back(&session);
}

void Connection::release(const Session &session)
{
    m_link.discard(&session);
    std::erase(m_carried, &session);
}

bool Connection::isChannelFree(std::uint8_t channel) const
{
    for (const Session *session : m_carried)
        for (const TrackSetup &setup : session->tracks())
            if (setup.channels.first == channel || setup.channels.second == channel)
                return false;
    return true;
}

std::optional<ChannelPair> Connection::freeChannels() const
{
    for (int channel = 0; channel < 254; channel += 2)
        if (isChannelFree(std::uint8_t(channel)) && isChannelFree(std::uint8_t(channel + 1)))
            return ChannelPair{std::uint8_t(channel), std::uint8_t(channel + 1)};
    return std::nullopt;
}

void Connection::noteProgress()
{
    if (m_link.noteProgress())
        for (Session *session : m_carried)
            session->touch();
}

void Connection::closeSoon()
{
    m_retry.cancel();
    m_link.closeSoon();
}

// The server destroys this at the end of the loop's turn, never inside a delivery.
void Connection::leave()
{
    m_retry.cancel();
    m_stranger.reset();
    m_server.dropConnection(*this);
}

} // namespace heliograph::rtsp
