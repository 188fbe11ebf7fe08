// Access units to pack, and the packets of a batch taken apart again as a viewer would.
#pragma once

#include "media/access_unit.h"
#include "media/batch.h"
#include "wire/big_endian.h"
#include "wire/rtp/rtp_packet.h"

#include <algorithm>
#include <memory>
#include <vector>

namespace heliograph::test {

using Nals = std::vector<std::vector<std::uint8_t>>;

// A NAL unit of this type and size, whose bytes tell one place from another.
inline std::vector<std::uint8_t> nalOf(std::uint8_t header, std::size_t size)
{
    std::vector<std::uint8_t> nal(size);
    for (std::size_t i = 0; i < size; ++i)
        nal[i] = std::uint8_t(i * 7 + i / 251);
    nal[0] = header;
    return nal;
}

inline AccessUnitPtr pictureOf(const Nals &nals, Timestamp pts = Timestamp(0))
{
    static const auto track = std::make_shared<const Track>(Track{TrackId::Video, 1, H264Config{}});
    auto unit = std::make_shared<AccessUnit>();
    unit->config = track;
    unit->pts = pts;
    unit->dts = pts;
    for (const auto &nal : nals) {
        unit->units.push_back(Bytes::copyOf(nal));
        unit->keyframe = unit->keyframe || h264::typeOf(nal) == h264::NalType::IdrSlice;
    }
    return unit;
}

inline AccessUnitPtr soundOf(std::size_t size, Timestamp pts = Timestamp(0))
{
    static const auto track = std::make_shared<const Track>(Track{TrackId::Audio, 1, AacConfig{}});
    auto unit = std::make_shared<AccessUnit>();
    unit->track = TrackId::Audio;
    unit->config = track;
    unit->pts = pts;
    unit->dts = pts;
    unit->keyframe = true;
    unit->units.push_back(Bytes::copyOf(nalOf(0x21, size)));
    return unit;
}

// Of a codec that is not looked into. first: the first byte of the frame.
inline AccessUnitPtr soundOf(std::size_t size, const OpaqueConfig &config, std::uint8_t first,
                             Timestamp pts = Timestamp(0))
{
    auto unit = std::make_shared<AccessUnit>(*soundOf(size, pts));
    unit->config = std::make_shared<const Track>(Track{TrackId::Audio, 1, config});
    unit->units = {Bytes::copyOf(nalOf(first, size))};
    return unit;
}

// As the kernel cuts the runs of a batch (UDP_SEGMENT).
inline std::vector<ByteSpan> cutDatagrams(const Batch &batch)
{
    std::vector<ByteSpan> packets;
    for (const Batch::Run &run : batch.runs) {
        for (std::uint32_t at = 0; at < run.length; at += run.segmentSize)
            packets.push_back(batch.block.span().subspan(
                run.offset + at, std::min(run.segmentSize, run.length - at)));
    }
    return packets;
}

// As a player reads them out of its TCP stream. Nothing: the framing is broken.
inline std::vector<ByteSpan> cutInterleaved(const Batch &batch, std::uint8_t channel)
{
    std::vector<ByteSpan> packets;
    ByteSpan rest = batch.block;
    while (!rest.empty()) {
        if (rest.size() < 4 || rest[0] != '$' || rest[1] != channel
            || rest.size() < 4U + wire::read16(rest, 2))
            return {};
        packets.push_back(rest.subspan(4, wire::read16(rest, 2)));
        rest = rest.subspan(4 + packets.back().size());
    }
    return packets;
}

} // namespace heliograph::test
