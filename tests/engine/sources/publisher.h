// A publisher as a source sees it: the items that a server makes of what OBS or FFmpeg sends, with
// true configurations and pictures that nobody decodes.
#pragma once

#include "media/h264.h"
#include "stream/ingest.h"
#include "support/h264_feed.h"
#include "wire/rtmp/audio_tag.h"
#include "wire/rtmp/avcc.h"
#include "wire/rtmp/metadata.h"
#include "wire/rtmp/video_tag.h"

namespace heliograph::test {

inline Bytes joined(ByteSpan head, ByteSpan body)
{
    std::vector<std::uint8_t> all(head.begin(), head.end());
    all.insert(all.end(), body.begin(), body.end());
    return Bytes(std::move(all));
}

inline Bytes prefixed(const std::vector<std::vector<std::uint8_t>> &nals)
{
    std::vector<Bytes> units;
    for (const auto &nal : nals)
        units.push_back(Bytes::copyOf(nal));
    std::vector<std::uint8_t> all;
    const rtmp::LengthPrefixed parts({}, units);
    for (const ByteSpan part : parts.parts())
        all.insert(all.end(), part.begin(), part.end());
    return Bytes(std::move(all));
}

// Of the 320x240 stream of h264_feed.h; level: any, so that there are several.
inline H264Config pictureConfig(std::uint8_t level = 13)
{
    const auto stream = parameterSets();
    const auto nals = h264::splitAnnexB(stream);
    std::vector<std::uint8_t> sps(nals[0].begin(), nals[0].end());
    sps[3] = level;
    H264Config config;
    config.sps = Bytes(std::move(sps));
    config.pps = Bytes::copyOf(nals[1]);
    config.info = h264::parseSps(config.sps).value();
    return config;
}

inline PublishedItem item(PublishedItem::Kind kind, std::uint32_t time = 0, Bytes body = {})
{
    return {kind, time, SystemClock().now(), false, std::move(body)};
}

inline PublishedItem begin()
{
    return item(PublishedItem::Kind::Begin);
}

inline PublishedItem end()
{
    return item(PublishedItem::Kind::End);
}

inline PublishedItem pictureHeader(std::uint8_t level = 13)
{
    const auto head = rtmp::writeVideoHead({rtmp::four_cc::avc, rtmp::PacketKind::SequenceHeader});
    auto made = item(PublishedItem::Kind::Picture, 0,
                     joined(head.span(), rtmp::writeAvcRecord(pictureConfig(level))));
    made.keyframe = true;
    return made;
}

inline PublishedItem picture(std::uint32_t time, std::vector<std::vector<std::uint8_t>> nals,
                             int shownLater = 0)
{
    const bool isKey = h264::typeOf(nals.back()) == h264::NalType::IdrSlice;
    const auto head =
        rtmp::writeVideoHead({rtmp::four_cc::avc, rtmp::PacketKind::Frames, isKey, shownLater});
    auto made = item(PublishedItem::Kind::Picture, time, joined(head.span(), prefixed(nals)));
    made.keyframe = isKey;
    return made;
}

inline PublishedItem keyframe(std::uint32_t time)
{
    return picture(time, {slice(0x65, 100)});
}

inline PublishedItem otherPicture(std::uint32_t time)
{
    return picture(time, {slice(0x41, 60)});
}

inline PublishedItem soundItem(std::uint32_t time, rtmp::FourCc codec, rtmp::PacketKind kind,
                               std::vector<std::uint8_t> body)
{
    return item(PublishedItem::Kind::Sound, time,
                joined(rtmp::writeAudioHead(codec, kind).span(), body));
}

// 44.1 kHz, stereo, when nothing is said.
inline PublishedItem soundHeader(std::vector<std::uint8_t> config = {0x12, 0x10})
{
    return soundItem(0, rtmp::four_cc::aac, rtmp::PacketKind::SequenceHeader, std::move(config));
}

inline PublishedItem sound(std::uint32_t time)
{
    return soundItem(time, rtmp::four_cc::aac, rtmp::PacketKind::Frames, {0x21, 0x10, 0x04});
}

inline PublishedItem metadata(rtmp::amf0::Properties properties)
{
    return item(PublishedItem::Kind::Data, 0,
                Bytes(rtmp::writeData(
                    {"onMetaData", {rtmp::amf0::Value::ecmaArray(std::move(properties))}})));
}

} // namespace heliograph::test
