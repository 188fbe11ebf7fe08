// Command and data messages (RTMP 1.0 sections 7.1.1, 7.1.2 and 7.2): a name and AMF0 values.
// Thread: any (pure functions on bytes).
#pragma once

#include "engine/error.h"
#include "wire/rtmp/amf0.h"
#include "wire/rtmp/message_type.h"

#include <string>
#include <string_view>
#include <vector>

namespace heliograph::rtmp {

struct Command {
    std::string name; // "connect", "_result", "onStatus", …
    double transaction = 0; // 0: no answer is awaited
    amf0::Value object; // mostly null
    std::vector<amf0::Value> arguments;

    // The argument at that place; Null past the end.
    const amf0::Value &argument(std::size_t index) const;
    bool operator==(const Command &) const = default;
};

inline bool isCommand(MessageType type)
{
    return type == MessageType::CommandAmf0 || type == MessageType::CommandAmf3;
}

// CommandAmf3 is AMF0 behind a byte of 0, as Flash and some encoders write it. Transaction and
// object may be missing. Errors: as amf0::read; Malformed (no name).
Result<Command> parseCommand(MessageType type, ByteSpan payload);

// The payload of a CommandAmf0 message.
std::vector<std::uint8_t> writeCommand(const Command &command);

// {level, code, description}: "status" or "error", "NetStream.Play.Start", a sentence.
amf0::Value status(std::string_view level, std::string_view code, std::string_view description);

// "onMetaData", "@setDataFrame", "|RtmpSampleAccess", …
struct Data {
    std::string name;
    std::vector<amf0::Value> values;
    bool operator==(const Data &) const = default;
};

inline bool isData(MessageType type)
{
    return type == MessageType::DataAmf0 || type == MessageType::DataAmf3;
}

// Errors: as parseCommand.
Result<Data> parseData(MessageType type, ByteSpan payload);
// The payload of a DataAmf0 message.
std::vector<std::uint8_t> writeData(const Data &data);

} // namespace heliograph::rtmp
