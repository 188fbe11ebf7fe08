// The bodies of video and audio messages, avcC and hvcC records, length-prefixed NAL units,
// AudioSpecificConfigs and FLV streams: nothing points out of the bytes, and what could be read
// means the same when it is written and read again, or arrives in pieces.
//
// Script: kind u8 % 7, then its bytes:
//   0 video   1 audio   2 avcC record   3 prefix size u8, NAL units   4 AudioSpecificConfig
//   5 length of the first piece u8, FLV stream   6 hvcC record
#include "fuzz/require.h"
#include "fuzz/script.h"
#include "fuzz/targets.h"
#include "media/aac.h"
#include "wire/rtmp/audio_tag.h"
#include "wire/rtmp/avcc.h"
#include "wire/rtmp/flv_reader.h"
#include "wire/rtmp/hvcc.h"
#include "wire/rtmp/video_tag.h"

#include <algorithm>

namespace heliograph::fuzz {

namespace {

bool isWithin(ByteSpan part, ByteSpan whole)
{
    return part.empty()
        || (part.data() >= whole.data()
            && part.data() + part.size() <= whole.data() + whole.size());
}

bool isWritten(rtmp::PacketKind kind)
{
    using enum rtmp::PacketKind;
    return kind == SequenceHeader || kind == Frames || kind == SequenceEnd;
}

std::vector<std::uint8_t> joined(ByteSpan head, ByteSpan body)
{
    std::vector<std::uint8_t> all(head.begin(), head.end());
    all.insert(all.end(), body.begin(), body.end());
    return all;
}

void checkVideo(ByteSpan bytes)
{
    const auto tag = rtmp::parseVideoTag(bytes);
    if (!tag)
        return;
    require(isWithin(tag->body, bytes), "the body is a part of the message");
    if (tag->codec.isNone() || !isWritten(tag->kind))
        return;
    const auto head =
        rtmp::writeVideoHead({tag->codec, tag->kind, tag->keyframe, tag->compositionTime});
    const auto written = joined(head.span(), tag->body);
    const auto again = rtmp::parseVideoTag(written);
    require(again && again->codec == tag->codec && again->kind == tag->kind, "same kind");
    require(std::ranges::equal(again->body, tag->body), "same body");
    if (tag->kind == rtmp::PacketKind::Frames)
        require(again->keyframe == tag->keyframe && again->compositionTime == tag->compositionTime,
                "same picture");
}

void checkAudio(ByteSpan bytes)
{
    const auto tag = rtmp::parseAudioTag(bytes);
    if (!tag)
        return;
    require(isWithin(tag->body, bytes), "the body is a part of the message");
    if (tag->codec.isNone() || !isWritten(tag->kind))
        return;
    const auto written = joined(rtmp::writeAudioHead(tag->codec, tag->kind).span(), tag->body);
    const auto again = rtmp::parseAudioTag(written);
    require(again && again->codec == tag->codec && again->kind == tag->kind, "same kind");
    require(std::ranges::equal(again->body, tag->body), "same body");
}

void checkRecord(ByteSpan bytes)
{
    const Bytes record = Bytes::copyOf(bytes);
    const auto avc = rtmp::parseAvcRecord(record);
    if (!avc)
        return;
    require(!avc->sps.empty() && !avc->pps.empty(), "both kinds of sets");
    for (const Bytes &set : avc->sps)
        require(!set.empty() && isWithin(set, record), "a set is a part of the record");
    // Sets of another type than they should be are nothing that a track holds.
    if (h264::typeOf(avc->sps[0]) != h264::NalType::Sps
        || h264::typeOf(avc->pps[0]) != h264::NalType::Pps)
        return;
    H264Config config;
    config.sps = avc->sps[0];
    config.pps = avc->pps[0];
    config.info.profile = bytes[1];
    const auto again = rtmp::parseAvcRecord(Bytes(rtmp::writeAvcRecord(config)));
    require(again && std::ranges::equal(again->sps[0].span(), config.sps.span()), "same SPS");
    require(std::ranges::equal(again->pps[0].span(), config.pps.span()), "same PPS");
}

void checkHevcRecord(ByteSpan bytes)
{
    const Bytes record = Bytes::copyOf(bytes);
    const auto read = rtmp::parseHvcRecord(record);
    if (!read)
        return;
    require(read->sets.size() >= 3, "all kinds of sets");
    HevcConfig config;
    for (const Bytes &set : read->sets) {
        require(isWithin(set, record), "a set is a part of the record");
        const hevc::NalType type = hevc::typeOf(set);
        (type == hevc::NalType::Vps       ? config.vps
             : type == hevc::NalType::Sps ? config.sps
                                          : config.pps) = set;
    }
    const auto again = rtmp::parseHvcRecord(Bytes(rtmp::writeHvcRecord(config)));
    require(again && std::ranges::equal(again->sets[1].span(), config.sps.span()), "same SPS");
}

void checkUnits(ByteSpan bytes, int prefixSize)
{
    const Bytes body = Bytes::copyOf(bytes);
    const auto units = rtmp::splitLengthPrefixed(body, prefixSize);
    if (!units)
        return;
    std::vector<std::uint8_t> written;
    const rtmp::LengthPrefixed prefixed({}, *units);
    for (const ByteSpan part : prefixed.parts())
        written.insert(written.end(), part.begin(), part.end());
    require(written.size() == prefixed.size(), "as large as it says");
    const auto again = rtmp::splitLengthPrefixed(Bytes(std::move(written)), 4);
    require(again
                && std::ranges::equal(*again, *units,
                                      [](const Bytes &a, const Bytes &b) {
                                          return std::ranges::equal(a.span(), b.span());
                                      }),
            "same units");
}

void checkAudioConfig(ByteSpan bytes)
{
    const auto config = readAudioSpecificConfig(Bytes::copyOf(bytes));
    if (!config)
        return;
    require(config->sampleRate > 0 && config->sampleRate < 1 << 24, "a rate");
    require(config->channels >= 1 && config->channels <= 8, "channels");
}

// Sizes of the tags' bodies up to the end or the error.
std::vector<std::size_t> bodiesOf(ByteSpan first, ByteSpan second)
{
    std::vector<std::size_t> sizes;
    rtmp::FlvReader reader;
    for (const ByteSpan piece : {first, second}) {
        reader.push(piece);
        for (auto tag = reader.next(); tag && *tag; tag = reader.next())
            sizes.push_back((*tag)->body.size());
    }
    return sizes;
}

void checkStream(ByteSpan bytes, std::size_t cut)
{
    cut = std::min(cut, bytes.size());
    require(bodiesOf(bytes, {}) == bodiesOf(bytes.first(cut), bytes.subspan(cut)), "same tags");
}

} // namespace

int runFlvTags(ByteSpan input)
{
    constexpr int prefixSizes[] = {1, 2, 4};
    Script script(input);
    const int kind = script.byte() % 7;
    const int prefixSize = kind == 3 ? prefixSizes[script.byte() % 3] : 4;
    const std::size_t cut = kind == 5 ? script.byte() : 0;
    const ByteSpan bytes = script.bytes(input.size());
    if (kind == 0)
        checkVideo(bytes);
    else if (kind == 1)
        checkAudio(bytes);
    else if (kind == 2)
        checkRecord(bytes);
    else if (kind == 3)
        checkUnits(bytes, prefixSize);
    else if (kind == 4)
        checkAudioConfig(bytes);
    else if (kind == 5)
        checkStream(bytes, cut);
    else
        checkHevcRecord(bytes);
    return 0;
}

} // namespace heliograph::fuzz
