// The viewer's side of RTP. Two scripts, told apart by the first byte:
//   even  packets from outside: size u16, bytes, until the end
//   odd   a picture of our own: maximum payload u16, then NAL units: header u8, size u16, fill u8
// The second must come out of both framings as it went in.
#include "engine/media/hex.h"
#include "engine/wire/units.h"
#include "fuzz/require.h"
#include "fuzz/script.h"
#include "fuzz/targets.h"
#include "wire/rtp/h264_depacketizer.h"
#include "wire/rtp/planner.h"

namespace heliograph::fuzz {

namespace {

using test::Nals;

void checkUnit(const rtp::ReceivedUnit &unit)
{
    require(!unit.nals.empty() && unit.nals.size() <= 4096, "from 1 to 4096 NAL units");
    std::size_t bytes = 0;
    bool keyframe = false;
    for (const auto &nal : unit.nals) {
        require(!nal.empty(), "no empty NAL unit");
        bytes += nal.size();
        keyframe = keyframe || h264::typeOf(nal) == h264::NalType::IdrSlice;
    }
    require(bytes <= 8 * 1024 * 1024, "at most 8 MiB");
    require(unit.keyframe == keyframe, "a keyframe has an IDR slice");
}

void receive(Script &script)
{
    rtp::H264Depacketizer depacketizer;
    while (!script.empty()) {
        const auto packet = rtp::parsePacket(script.bytes(script.word()));
        if (!packet)
            continue;
        const auto unit = depacketizer.push(*packet);
        if (unit && *unit)
            checkUnit(**unit);
    }
}

Nals readNals(Script &script)
{
    Nals nals;
    while (!script.empty() && nals.size() < 64) {
        const std::uint8_t header = script.byte();
        const std::size_t size = script.word() % 20000 + std::size_t{1};
        nals.emplace_back(size, script.byte());
        nals.back()[0] = header;
    }
    return nals;
}

// What RTP can carry as NAL units: types 24 and up are RTP's own, 0 is nobody's.
Nals carriedOf(const Nals &nals)
{
    Nals carried;
    for (const auto &nal : nals) {
        const int type = nal[0] & 0x1f;
        if (type >= 1 && type <= 23 && h264::isCarried(h264::NalType(type)))
            carried.push_back(nal);
    }
    return carried;
}

Nals unpack(const std::vector<ByteSpan> &packets)
{
    rtp::H264Depacketizer depacketizer;
    for (const ByteSpan bytes : packets) {
        const auto packet = rtp::parsePacket(bytes);
        require(packet.has_value(), "our packets can be read");
        auto unit = depacketizer.push(*packet);
        require(unit.has_value(), "our payloads can be read");
        require(unit->has_value() == (bytes.data() == packets.back().data()),
                "one unit, at the end");
        if (*unit)
            return (*unit)->nals;
    }
    return {};
}

void checkRuns(const Batch &batch)
{
    std::size_t bytes = 0;
    for (const Batch::Run &run : batch.runs) {
        require(run.offset == bytes && run.length > 0, "runs follow each other");
        require(run.segmentSize > 0 && run.segmentSize <= run.length, "a segment in the run");
        require((run.length - 1) / run.segmentSize < 64 && run.length <= 65000, "sendable");
        bytes += run.length;
    }
    require(bytes == batch.block.size(), "runs cover the block");
}

void sendAndReceive(Script &script)
{
    rtp::PlannerConfig config;
    config.maximumPayload = script.word();
    config.firstSequence = 65530;
    const Nals nals = readNals(script);
    rtp::Planner planner(config);
    const rtp::PacketPlan plan = planner.plan(test::pictureOf(nals));
    const auto datagrams = rtp::writeDatagrams(plan);
    const auto interleaved = rtp::writeInterleaved(plan, 3);
    checkRuns(*datagrams);
    const Nals carried = carriedOf(nals);
    require(unpack(test::cutDatagrams(*datagrams)) == carried, "datagrams come out as put in");
    require(unpack(test::cutInterleaved(*interleaved, 3)) == carried, "frames come out as put in");
}

} // namespace

int runRtpDepacketizer(ByteSpan input)
{
    Script script(input);
    if (script.byte() % 2 == 0)
        receive(script);
    else
        sendAndReceive(script);
    return 0;
}

} // namespace heliograph::fuzz
