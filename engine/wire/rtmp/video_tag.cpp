#include "wire/rtmp/video_tag.h"

#include "wire/rtmp/ex_header.h"

namespace heliograph::rtmp {

namespace {

constexpr std::uint8_t exBit = 0x80;
constexpr std::uint8_t keyFrame = 1; // frame types
constexpr std::uint8_t interFrame = 2;
constexpr std::uint8_t commandFrame = 5; // a seek's begin or end: no picture
constexpr std::uint8_t legacyAvc = 7; // codec ids
constexpr std::uint8_t legacyHevc = 12; // of encoders that were before Enhanced RTMP
constexpr std::uint8_t multitrack = 6;

enum class ExType : std::uint8_t {
    SequenceStart = 0,
    CodedFrames = 1,
    SequenceEnd = 2,
    CodedFramesX = 3, // as CodedFrames with a composition time of 0
    Metadata = 4,
    Mpeg2TsSequenceStart = 5,
};

tl::unexpected<Error> tooShort()
{
    return failure(ErrorCode::Malformed, "read FLV video › short");
}

std::int32_t readSigned24(ByteSpan bytes)
{
    const std::uint32_t top = std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16
        | std::uint32_t{bytes[2]} << 8;
    return std::int32_t(top) >> 8;
}

// Takes it off the body's front.
Result<> takeCompositionTime(VideoTag &tag)
{
    if (tag.body.size() < 3)
        return tooShort();
    tag.compositionTime = readSigned24(tag.body);
    tag.body = tag.body.subspan(3);
    return {};
}

PacketKind kindOfLegacy(std::uint8_t packetType)
{
    switch (packetType) {
    case 0:
        return PacketKind::SequenceHeader;
    case 1:
        return PacketKind::Frames;
    case 2:
        return PacketKind::SequenceEnd;
    default:
        return PacketKind::Other;
    }
}

//  frame type 4 | codec id 4 | [ packet type 8 | composition time 24, signed ] | body
//                              of H.264 and HEVC            FLV 10.1 section E.4.3
Result<VideoTag> parseLegacy(ByteSpan payload)
{
    VideoTag tag;
    tag.legacyCodec = payload[0] & 0x0f;
    tag.keyframe = payload[0] >> 4 == keyFrame;
    tag.body = payload.subspan(1);
    if (payload[0] >> 4 == commandFrame)
        return tag;
    tag.kind = PacketKind::Frames;
    if (tag.legacyCodec != legacyAvc && tag.legacyCodec != legacyHevc)
        return tag;
    if (tag.body.empty())
        return tooShort();
    tag.codec = tag.legacyCodec == legacyAvc ? four_cc::avc : four_cc::hevc;
    tag.kind = kindOfLegacy(tag.body[0]);
    tag.body = tag.body.subspan(1);
    if (tag.kind == PacketKind::SequenceEnd && tag.body.size() < 3) // some leave the time out
        return tag;
    if (const Result<> time = takeCompositionTime(tag); !time)
        return tl::unexpected(time.error());
    return tag;
}

// The codecs whose pictures are shown in another order than they are coded in.
bool hasCompositionTime(FourCc codec)
{
    return codec == four_cc::avc || codec == four_cc::hevc || codec == four_cc::vvc;
}

PacketKind kindOf(ExType type)
{
    switch (type) {
    case ExType::SequenceStart:
        return PacketKind::SequenceHeader;
    case ExType::CodedFrames:
    case ExType::CodedFramesX:
        return PacketKind::Frames;
    case ExType::SequenceEnd:
        return PacketKind::SequenceEnd;
    case ExType::Metadata:
        return PacketKind::Metadata;
    default: // also an AV1 header as MPEG-2 TS has it, which nobody sends
        return PacketKind::Other;
    }
}

//  1 | frame type 3 | packet type 4 | see ex_header.h | [ composition time 24 ] | body
Result<VideoTag> parseEx(ByteSpan payload)
{
    const std::uint8_t frameType = (payload[0] >> 4) & 7;
    VideoTag tag;
    tag.enhanced = true;
    tag.keyframe = frameType == keyFrame;
    const Result<ExHeader> header =
        parseExHeader(payload[0] & 0x0f, multitrack, payload.subspan(1));
    const bool isMetadata = header && ExType(header->packetType) == ExType::Metadata;
    if (frameType == commandFrame && !isMetadata) // one byte in place of all this
        return tag;
    if (!header)
        return within("read FLV video", header.error());
    tag.codec = header->codec;
    tag.nanoseconds = header->nanoseconds;
    tag.body = header->body;
    if (!header->isKnown)
        return tag;
    const auto type = ExType(header->packetType);
    tag.kind = kindOf(type);
    if (type != ExType::CodedFrames || !hasCompositionTime(tag.codec))
        return tag;
    if (const Result<> time = takeCompositionTime(tag); !time)
        return tl::unexpected(time.error());
    return tag;
}

TagHead writeLegacy(const VideoHead &head)
{
    const bool isKey = head.keyframe || head.kind != PacketKind::Frames;
    TagHead out;
    out.add(std::uint8_t((isKey ? keyFrame : interFrame) << 4 | legacyAvc));
    out.add(head.kind == PacketKind::SequenceHeader ? 0 : head.kind == PacketKind::Frames ? 1 : 2);
    out.add24(std::uint32_t(head.compositionTime));
    return out;
}

ExType exTypeOf(const VideoHead &head)
{
    if (head.kind == PacketKind::SequenceHeader)
        return ExType::SequenceStart;
    if (head.kind == PacketKind::SequenceEnd)
        return ExType::SequenceEnd;
    const bool isTimed = hasCompositionTime(head.codec);
    return isTimed && head.compositionTime == 0 ? ExType::CodedFramesX : ExType::CodedFrames;
}

} // namespace

Result<VideoTag> parseVideoTag(ByteSpan payload)
{
    if (payload.empty())
        return VideoTag();
    return (payload[0] & exBit) != 0 ? parseEx(payload) : parseLegacy(payload);
}

TagHead writeVideoHead(const VideoHead &head)
{
    if (head.codec == four_cc::avc)
        return writeLegacy(head);
    const ExType type = exTypeOf(head);
    const bool isKey = head.keyframe || head.kind != PacketKind::Frames;
    TagHead out;
    out.add(std::uint8_t(exBit | (isKey ? keyFrame : interFrame) << 4 | std::uint8_t(type)));
    out.add32(head.codec.value());
    if (type == ExType::CodedFrames && hasCompositionTime(head.codec))
        out.add24(std::uint32_t(head.compositionTime));
    return out;
}

} // namespace heliograph::rtmp
