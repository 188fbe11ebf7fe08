// Just enough RTMP for the limit: the handshake, connect, createStream and play.
// Thread: the limit's one. Owner: its door.
#pragma once

#include "limit_door.h"
#include "wire/rtmp/chunk_reader.h"
#include "wire/rtmp/command.h"
#include "wire/rtmp/handshake.h"

namespace heliograph::bench {

class LimitRtmp final : public LimitClient {
public:
    static constexpr std::size_t chunkSize = 1024 * 1024; // no picture is cut

    explicit LimitRtmp(int socket);

    void take(ByteSpan bytes) override;

private:
    void answer(const rtmp::Command &command, std::uint32_t stream);
    void begin(std::uint32_t stream);

    rtmp::ServerHandshake m_handshake;
    rtmp::ChunkReader m_reader;
};

} // namespace heliograph::bench
