// The packet path without a kernel: cutting, writing, fanning out, queueing.
#include "outputs/rtmp/tags.h"
#include "stream/fanout.h"
#include "stream/send_queue.h"
#include "wire/rtmp/chunk_writer.h"
#include "wire/rtp/planner.h"

#include <benchmark/benchmark.h>

using namespace heliograph;

namespace {

AccessUnitPtr picture(std::size_t bytes, bool keyframe = false)
{
    auto unit = std::make_shared<AccessUnit>();
    unit->keyframe = keyframe;
    unit->config = std::make_shared<Track>();
    std::vector<std::uint8_t> nal(bytes, 0x55);
    nal[0] = keyframe ? 0x65 : 0x41;
    unit->units.push_back(Bytes(std::move(nal)));
    return unit;
}

void plan(benchmark::State &state)
{
    rtp::Planner planner({});
    const auto unit = picture(std::size_t(state.range(0)));
    for (auto _ : state)
        benchmark::DoNotOptimize(planner.plan(unit));
    state.SetBytesProcessed(state.iterations() * state.range(0));
}
BENCHMARK(plan)->Arg(10'000)->Arg(200'000);

void writeDatagrams(benchmark::State &state)
{
    rtp::Planner planner({});
    const auto cut = planner.plan(picture(std::size_t(state.range(0))));
    for (auto _ : state)
        benchmark::DoNotOptimize(rtp::writeDatagrams(cut));
    state.SetBytesProcessed(state.iterations() * state.range(0));
}
BENCHMARK(writeDatagrams)->Arg(10'000)->Arg(200'000);

void writeInterleaved(benchmark::State &state)
{
    rtp::Planner planner({});
    const auto cut = planner.plan(picture(std::size_t(state.range(0))));
    for (auto _ : state)
        benchmark::DoNotOptimize(rtp::writeInterleaved(cut, 0));
    state.SetBytesProcessed(state.iterations() * state.range(0));
}
BENCHMARK(writeInterleaved)->Arg(10'000)->Arg(200'000);

void writeRtmp(benchmark::State &state)
{
    const auto unit = picture(std::size_t(state.range(0)));
    for (auto _ : state) {
        const rtmp::Tag tag(*unit, 0);
        benchmark::DoNotOptimize(rtmp::writeDelta({.delta = 33}, tag.parts(), 1024 * 1024));
    }
    state.SetBytesProcessed(state.iterations() * state.range(0));
}
BENCHMARK(writeRtmp)->Arg(10'000)->Arg(200'000);

class QueueSink final : public BatchSink {
public:
    void begin(std::span<const BatchPtr> backlog) override
    {
        for (const BatchPtr &batch : backlog)
            deliver(batch);
    }
    void deliver(const BatchPtr &batch) override
    {
        m_queue.push(batch, this);
        m_queue.drain([](ByteSpan bytes) { return Result<std::size_t>(bytes.size()); });
    }

private:
    SendQueue m_queue;
};

class Interleaver final : public Packetizer {
public:
    BatchPtr packetize(const AccessUnitPtr &unit) override
    {
        return rtp::writeInterleaved(m_planner.plan(unit), 0);
    }

private:
    rtp::Planner m_planner{rtp::PlannerConfig{}};
};

// One picture to so many viewers whose sockets take everything.
void fanOut(benchmark::State &state)
{
    GopCache cache;
    Interleaver packetizer;
    Fanout fanout(packetizer, cache);
    std::vector<QueueSink> sinks(std::size_t(state.range(0)));
    for (QueueSink &sink : sinks)
        fanout.joinAtKeyframe(sink, true);
    fanout.push(picture(100, true));
    const auto unit = picture(10'000);
    for (auto _ : state)
        fanout.push(unit);
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(fanOut)->Arg(1)->Arg(100)->Arg(1000);

} // namespace
