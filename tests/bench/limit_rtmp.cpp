#include "limit_rtmp.h"

#include "wire/rtmp/chunk_writer.h"
#include "wire/rtmp/control.h"
#include "wire/rtmp/video_tag.h"

namespace heliograph::bench {

LimitRtmp::LimitRtmp(int socket)
    : LimitClient(socket)
    , m_handshake(std::vector<std::uint8_t>(rtmp::ServerHandshake::randomSize))
{
}

void LimitRtmp::take(ByteSpan bytes)
{
    if (!m_handshake.isDone()) {
        std::vector<std::uint8_t> out;
        bytes = bytes.subspan(m_handshake.feed(bytes, out).value_or(bytes.size()));
        send(out);
        if (m_handshake.isDone())
            send(rtmp::writeControl(rtmp::SetChunkSize{chunkSize}));
    }
    m_reader.feed(bytes);
    for (auto next = m_reader.next(); next && *next; next = m_reader.next()) {
        const rtmp::Message &message = **next;
        if (!rtmp::isCommand(message.head.type))
            continue;
        if (const auto command = rtmp::parseCommand(message.head.type, message.payload))
            answer(*command, message.head.streamId);
    }
}

void LimitRtmp::answer(const rtmp::Command &command, std::uint32_t stream)
{
    if (command.name == "play")
        return begin(stream);
    const Bytes result(rtmp::writeCommand({"_result", command.transaction, {}, {1}}));
    send(rtmp::writeMessage({rtmp::chunk_stream::command, rtmp::MessageType::CommandAmf0, 0, 0},
                            result, chunkSize));
}

// The pictures' headers hold the time since the one before: this is the one before.
void LimitRtmp::begin(std::uint32_t stream)
{
    const auto head = rtmp::writeVideoHead({.kind = rtmp::PacketKind::SequenceEnd});
    send(rtmp::writeMessage({rtmp::chunk_stream::video, rtmp::MessageType::Video, stream, 0},
                            head.span(), chunkSize));
    m_plays = true;
}

} // namespace heliograph::bench
