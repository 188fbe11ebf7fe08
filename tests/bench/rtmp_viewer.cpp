#include "rtmp_viewer.h"

#include "media/latency_sei.h"
#include "wire/rtmp/avcc.h"
#include "wire/rtmp/video_tag.h"

#include <array>
#include <sys/socket.h>

namespace heliograph::bench {

namespace {

// It is in front of the slices.
std::optional<WallTime> stampOf(const Bytes &body)
{
    const auto units = rtmp::splitLengthPrefixed(body, 4);
    if (!units)
        return {};
    for (const Bytes &unit : *units)
        if (h264::typeOf(unit) == h264::NalType::Sei)
            return latency_sei::read(unit);
    return {};
}

} // namespace

RtmpViewer::RtmpViewer(const std::string &url, unsigned host)
    : m_client(url, host)
{
    notePlay();
    m_client.play();
}

bool RtmpViewer::read()
{
    static std::array<std::uint8_t, 512 * 1024> buffer; // one for all
    const ssize_t count = ::recv(socket(), buffer.data(), buffer.size(), MSG_DONTWAIT);
    noteRead();
    if (count > 0)
        m_client.feed({buffer.data(), std::size_t(count)});
    while (const auto message = m_client.next())
        take(*message);
    return count > 0 || (count < 0 && errno == EAGAIN);
}

void RtmpViewer::take(const rtmp::Message &message)
{
    noteBytes(message.payload.size());
    if (message.head.type != rtmp::MessageType::Video)
        return;
    const auto tag = rtmp::parseVideoTag(message.payload);
    if (!tag || tag->kind != rtmp::PacketKind::Frames)
        return;
    const std::size_t head = message.payload.size() - tag->body.size();
    notePicture(tag->keyframe, stampOf(message.payload.slice(head, tag->body.size())));
}

} // namespace heliograph::bench
