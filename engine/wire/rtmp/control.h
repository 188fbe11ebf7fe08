// Protocol control and user control messages (RTMP 1.0 sections 5.4 and 7.1.7), read and written.
// Thread: any (pure functions on bytes).
#pragma once

#include "engine/error.h"
#include "wire/rtmp/message.h"

#include <cstdint>
#include <variant>
#include <vector>

namespace heliograph::rtmp {

struct SetChunkSize {
    std::uint32_t bytes = initialChunkSize; // 1 to 0x7FFFFFFF
    bool operator==(const SetChunkSize &) const = default;
};

struct Abort {
    std::uint32_t csid = 0; // whose unfinished message is to be dropped
    bool operator==(const Abort &) const = default;
};

struct Acknowledgement {
    std::uint32_t bytes = 0; // received so far, modulo 2^32
    bool operator==(const Acknowledgement &) const = default;
};

struct WindowAckSize {
    std::uint32_t bytes = 0;
    bool operator==(const WindowAckSize &) const = default;
};

struct SetPeerBandwidth {
    enum class Limit : std::uint8_t { Hard = 0, Soft = 1, Dynamic = 2 };
    std::uint32_t bytes = 0;
    Limit limit = Limit::Dynamic;
    bool operator==(const SetPeerBandwidth &) const = default;
};

struct UserControl {
    enum class Event : std::uint16_t {
        StreamBegin = 0,
        StreamEof = 1,
        StreamDry = 2,
        SetBufferLength = 3,
        StreamIsRecorded = 4,
        PingRequest = 6,
        PingResponse = 7,
    };
    Event event = Event::StreamBegin; // others exist: skip them
    std::uint32_t value = 0; // the message stream; of a ping: its timestamp
    std::uint32_t bufferMs = 0; // SetBufferLength only
    bool operator==(const UserControl &) const = default;
};

using Control = std::variant<SetChunkSize, Abort, Acknowledgement, UserControl, WindowAckSize,
                             SetPeerBandwidth>;

inline bool isControl(MessageType type)
{
    return type >= MessageType::SetChunkSize && type <= MessageType::SetPeerBandwidth;
}

// Bytes behind what is known are ignored. isControl(type) must hold.
// Errors: Malformed (short, a chunk size of 0 or past 31 bits).
Result<Control> parseControl(MessageType type, ByteSpan payload);

MessageType typeOf(const Control &control);
std::vector<std::uint8_t> writePayload(const Control &control);

// The whole message: one chunk of fmt 0, which no chunk size cuts that anybody uses, so that it can
// be written at any time between two messages.
std::vector<std::uint8_t> writeControl(const Control &control);

} // namespace heliograph::rtmp
