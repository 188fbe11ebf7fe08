#include "wire/rtp/packet_plan.h"

#include "wire/big_endian.h"
#include "wire/rtp/rtp_packet.h"

#include <cstring>

namespace heliograph::rtp {

namespace {

// The kernel takes 64 segments in one send with UDP_SEGMENT (UDP_MAX_SEGMENTS), and an IP
// datagram's 65535 bytes with room for the headers. Half of that is also what big pictures are
// paced in (outputs/rtsp/datagram_lane.h).
constexpr std::uint32_t maximumSegments = 32;
constexpr std::uint32_t maximumRunBytes = 65000;

//  '$' | channel | length, 16 bits | the RTP packet      RFC 2326 section 10.12
constexpr std::size_t interleavedHeaderSize = 4;

std::size_t sizeOf(const PlannedPacket &packet)
{
    return headerSize + packet.prefixSize + packet.payload.size();
}

// Uninitialized: every byte is written once, by the packets.
std::shared_ptr<std::uint8_t[]> allocateBlock(std::size_t size)
{
#ifdef __cpp_lib_smart_ptr_for_overwrite
    return std::make_shared_for_overwrite<std::uint8_t[]>(size);
#else
    return std::shared_ptr<std::uint8_t[]>(new std::uint8_t[size]);
#endif
}

// Returns the byte behind the packet.
std::uint8_t *writePacket(std::uint8_t *out, const PacketPlan &plan, std::size_t index)
{
    const PlannedPacket &packet = plan.packets[index];
    const auto sequence = std::uint16_t(plan.firstSequence + index);
    writeHeader(std::span<std::uint8_t, headerSize>(out, headerSize),
                {packet.marker, plan.payloadType, sequence, plan.timestamp, plan.ssrc});
    out += headerSize;
    std::memcpy(out, packet.prefix.data(), packet.prefixSize);
    out += packet.prefixSize;
    if (!packet.payload.empty())
        std::memcpy(out, packet.payload.data(), packet.payload.size());
    return out + packet.payload.size();
}

// Everything of the batch but its bytes and runs.
std::shared_ptr<Batch> describe(const PacketPlan &plan, std::size_t packetBytes)
{
    auto batch = std::make_shared<Batch>();
    batch->track = plan.unit->track;
    batch->dts = plan.unit->dts;
    batch->keyframe = plan.unit->keyframe;
    batch->packets = std::uint32_t(plan.packets.size());
    batch->payloadBytes = std::uint32_t(packetBytes - plan.packets.size() * headerSize);
    return batch;
}

std::size_t packetBytesOf(const PacketPlan &plan)
{
    std::size_t total = 0;
    for (const PlannedPacket &packet : plan.packets)
        total += sizeOf(packet);
    return total;
}

bool fits(const DatagramRun &run, std::uint32_t size)
{
    const bool cutsEvenly = run.length % run.segmentSize == 0; // a shorter segment ends a run
    return cutsEvenly && size <= run.segmentSize && run.length / run.segmentSize < maximumSegments
        && run.length + size <= maximumRunBytes;
}

// As long as possible from the front: each part of a run is a run, so no other cut gives fewer.
std::vector<DatagramRun> cutRuns(const PacketPlan &plan)
{
    std::vector<DatagramRun> runs;
    runs.reserve(plan.packets.size() / maximumSegments + 8);
    std::uint32_t offset = 0;
    for (const PlannedPacket &packet : plan.packets) {
        const auto size = std::uint32_t(sizeOf(packet));
        if (!runs.empty() && fits(runs.back(), size))
            runs.back().length += size;
        else
            runs.push_back({offset, size, size});
        offset += size;
    }
    return runs;
}

} // namespace

BatchPtr writeDatagrams(const PacketPlan &plan)
{
    const std::size_t total = packetBytesOf(plan);
    std::shared_ptr<std::uint8_t[]> block = allocateBlock(total);
    std::uint8_t *out = block.get();
    for (std::size_t i = 0; i < plan.packets.size(); ++i)
        out = writePacket(out, plan, i);

    auto batch = describe(plan, total);
    batch->runs = cutRuns(plan);
    batch->block = Bytes::adopt({block.get(), total}, block);
    return batch;
}

BatchPtr writeInterleaved(const PacketPlan &plan, std::uint8_t channel)
{
    const std::size_t packetBytes = packetBytesOf(plan);
    const std::size_t total = packetBytes + plan.packets.size() * interleavedHeaderSize;
    std::shared_ptr<std::uint8_t[]> block = allocateBlock(total);
    std::uint8_t *out = block.get();
    for (std::size_t i = 0; i < plan.packets.size(); ++i) {
        out[0] = '$';
        out[1] = channel;
        wire::write16(out + 2, std::uint16_t(sizeOf(plan.packets[i])));
        out = writePacket(out + interleavedHeaderSize, plan, i);
    }

    auto batch = describe(plan, packetBytes);
    batch->block = Bytes::adopt({block.get(), total}, block);
    return batch;
}

} // namespace heliograph::rtp
