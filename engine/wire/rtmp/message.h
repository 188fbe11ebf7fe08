// One RTMP message without its chunks (RTMP 1.0 section 5.1).
// Thread: any (values).
#pragma once

#include "core/bytes.h"
#include "wire/rtmp/message_type.h"

#include <algorithm>
#include <cstdint>

namespace heliograph::rtmp {

struct MessageHead {
    std::uint32_t csid = chunk_stream::command; // 2 to 65599
    MessageType type = MessageType::CommandAmf0;
    std::uint32_t streamId = 0;
    std::uint32_t timestamp = 0; // ms, absolute; begins anew at 2^32
    bool operator==(const MessageHead &) const = default;
};

struct Message {
    MessageHead head;
    Bytes payload;

    bool operator==(const Message &other) const
    {
        return head == other.head && std::ranges::equal(payload.span(), other.payload.span());
    }
};

} // namespace heliograph::rtmp
