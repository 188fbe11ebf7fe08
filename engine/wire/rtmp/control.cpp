#include "wire/rtmp/control.h"

#include "wire/big_endian.h"
#include "wire/rtmp/chunk_writer.h"

namespace heliograph::rtmp {

namespace {

tl::unexpected<Error> broken(const char *what)
{
    return failure(ErrorCode::Malformed, std::string("read RTMP control message › ") + what);
}

//  | event type 16 | value 32 | buffer length 32, of SetBufferLength |     section 7.1.7
Result<Control> parseUserControl(ByteSpan payload)
{
    if (payload.size() < 6)
        return broken("short");
    UserControl control{UserControl::Event(wire::read16(payload, 0)), wire::read32(payload, 2), 0};
    if (control.event == UserControl::Event::SetBufferLength) {
        if (payload.size() < 10)
            return broken("short");
        control.bufferMs = wire::read32(payload, 6);
    }
    return control;
}

Result<Control> parseChunkSize(std::uint32_t bytes)
{
    if (bytes == 0 || bytes > 0x7FFFFFFF)
        return broken("chunk size");
    return SetChunkSize{bytes};
}

// Some peers leave the kind of limit out, and only "dynamic" changes nothing.
SetPeerBandwidth peerBandwidth(ByteSpan payload)
{
    using Limit = SetPeerBandwidth::Limit;
    const bool isKnown = payload.size() > 4 && payload[4] <= std::uint8_t(Limit::Dynamic);
    return {wire::read32(payload, 0), isKnown ? Limit(payload[4]) : Limit::Dynamic};
}

struct PayloadWriter {
    std::vector<std::uint8_t> &out;

    void operator()(const SetChunkSize &control) const { wire::append32(out, control.bytes); }
    void operator()(const Abort &control) const { wire::append32(out, control.csid); }
    void operator()(const Acknowledgement &control) const { wire::append32(out, control.bytes); }
    void operator()(const WindowAckSize &control) const { wire::append32(out, control.bytes); }
    void operator()(const SetPeerBandwidth &control) const
    {
        wire::append32(out, control.bytes);
        out.push_back(std::uint8_t(control.limit));
    }
    void operator()(const UserControl &control) const
    {
        wire::append16(out, std::uint16_t(control.event));
        wire::append32(out, control.value);
        if (control.event == UserControl::Event::SetBufferLength)
            wire::append32(out, control.bufferMs);
    }
};

} // namespace

Result<Control> parseControl(MessageType type, ByteSpan payload)
{
    if (type == MessageType::UserControl)
        return parseUserControl(payload);
    if (payload.size() < 4)
        return broken("short");
    const std::uint32_t value = wire::read32(payload, 0);
    switch (type) {
    case MessageType::SetChunkSize:
        return parseChunkSize(value);
    case MessageType::Abort:
        return Abort{value};
    case MessageType::Acknowledgement:
        return Acknowledgement{value};
    case MessageType::WindowAckSize:
        return WindowAckSize{value};
    case MessageType::SetPeerBandwidth:
        return peerBandwidth(payload);
    default:
        return broken("another type");
    }
}

MessageType typeOf(const Control &control)
{
    constexpr MessageType types[] = {MessageType::SetChunkSize,    MessageType::Abort,
                                     MessageType::Acknowledgement, MessageType::UserControl,
                                     MessageType::WindowAckSize,   MessageType::SetPeerBandwidth};
    return types[control.index()];
}

std::vector<std::uint8_t> writePayload(const Control &control)
{
    std::vector<std::uint8_t> payload;
    std::visit(PayloadWriter{payload}, control);
    return payload;
}

std::vector<std::uint8_t> writeControl(const Control &control)
{
    const std::vector<std::uint8_t> payload = writePayload(control);
    const ByteSpan parts[] = {payload};
    std::vector<std::uint8_t> out;
    appendMessage(out, {chunk_stream::control, typeOf(control), 0, 0}, parts, initialChunkSize);
    return out;
}

} // namespace heliograph::rtmp
