// An FLV byte stream (FLV 10.1 annex E), cut into its tags, however it arrives.
// Thread: any one at a time. Owner: whoever reads a stream. Bytes may come from outside: nothing
// here trusts them.
#pragma once

#include "core/bytes.h"
#include "engine/error.h"
#include "wire/rtmp/message_type.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace heliograph::rtmp {

struct FlvTag {
    MessageType type = MessageType::DataAmf0; // Audio, Video or DataAmf0, also one we do not know
    std::uint32_t time = 0; // ms
    Bytes body; // as the RTMP message of that type
};

class FlvReader {
public:
    void push(ByteSpan bytes) { m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end()); }

    // The next tag; nothing: more bytes are needed. Tags of unknown types are passed over.
    // A tag has 16 MiB at most. Errors: Malformed (no FLV).
    Result<std::optional<FlvTag>> next();

private:
    Result<bool> takeHeader();
    ByteSpan rest() const { return ByteSpan(m_bytes).subspan(m_taken); }
    void drop(std::size_t count);

    std::vector<std::uint8_t> m_bytes;
    std::size_t m_taken = 0; // of m_bytes: read already
    bool m_hasHeader = false;
};

} // namespace heliograph::rtmp
