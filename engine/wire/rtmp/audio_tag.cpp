#include "wire/rtmp/audio_tag.h"

#include "wire/rtmp/ex_header.h"

namespace heliograph::rtmp {

namespace {

constexpr std::uint8_t legacyMp3 = 2; // sound formats
constexpr std::uint8_t exFormat = 9;
constexpr std::uint8_t legacyAac = 10;
constexpr std::uint8_t multitrack = 5;

enum class ExType : std::uint8_t {
    SequenceStart = 0,
    CodedFrames = 1,
    SequenceEnd = 2,
    MultichannelConfig = 4,
};

PacketKind kindOf(ExType type)
{
    switch (type) {
    case ExType::SequenceStart:
        return PacketKind::SequenceHeader;
    case ExType::CodedFrames:
        return PacketKind::Frames;
    case ExType::SequenceEnd:
        return PacketKind::SequenceEnd;
    default: // also the order of channels, which the sequence header tells as well
        return PacketKind::Other;
    }
}

//  format 4 | rate 2 | 16 bits 1 | stereo 1 | [ packet type 8, of AAC ] | body
//                                                            FLV 10.1 section E.4.2
Result<AudioTag> parseLegacy(ByteSpan payload)
{
    AudioTag tag;
    tag.legacyFormat = payload[0] >> 4;
    tag.kind = PacketKind::Frames;
    tag.body = payload.subspan(1);
    if (tag.legacyFormat == legacyMp3)
        tag.codec = four_cc::mp3;
    if (tag.legacyFormat != legacyAac)
        return tag;
    if (tag.body.empty())
        return failure(ErrorCode::Malformed, "read FLV audio › short");
    tag.codec = four_cc::aac;
    const std::uint8_t type = tag.body[0];
    tag.kind = type == 0 ? PacketKind::SequenceHeader
        : type == 1      ? PacketKind::Frames
                         : PacketKind::Other;
    tag.body = tag.body.subspan(1);
    return tag;
}

//  format 4 (9) | packet type 4 | see ex_header.h | body
Result<AudioTag> parseEx(ByteSpan payload)
{
    const Result<ExHeader> header =
        parseExHeader(payload[0] & 0x0f, multitrack, payload.subspan(1));
    if (!header)
        return within("read FLV audio", header.error());
    AudioTag tag;
    tag.enhanced = true;
    tag.codec = header->codec;
    tag.nanoseconds = header->nanoseconds;
    tag.body = header->body;
    if (header->isKnown)
        tag.kind = kindOf(ExType(header->packetType));
    return tag;
}

ExType exTypeOf(PacketKind kind)
{
    if (kind == PacketKind::SequenceHeader)
        return ExType::SequenceStart;
    return kind == PacketKind::SequenceEnd ? ExType::SequenceEnd : ExType::CodedFrames;
}

} // namespace

Result<AudioTag> parseAudioTag(ByteSpan payload)
{
    if (payload.empty())
        return AudioTag();
    return payload[0] >> 4 == exFormat ? parseEx(payload) : parseLegacy(payload);
}

TagHead writeAudioHead(FourCc codec, PacketKind kind)
{
    TagHead out;
    if (codec == four_cc::aac && kind != PacketKind::SequenceEnd) {
        out.add(0xAF); // 44 kHz, 16 bits, stereo, whatever the sound is (section E.4.2.1)
        out.add(kind == PacketKind::SequenceHeader ? 0 : 1);
        return out;
    }
    if (codec == four_cc::mp3 && kind == PacketKind::Frames) {
        out.add(0x2F);
        return out;
    }
    out.add(std::uint8_t(exFormat << 4 | std::uint8_t(exTypeOf(kind))));
    out.add32(codec.value());
    return out;
}

} // namespace heliograph::rtmp
