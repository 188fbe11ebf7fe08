#include "sources/file/interleaver.h"

#include <algorithm>

namespace heliograph {

namespace {

// A track that is silent for longer than this is not waited for.
constexpr Timestamp longestLook = std::chrono::seconds(2);
constexpr std::size_t mostSamples = 500;

} // namespace

void Interleaver::push(Sample sample)
{
    m_queues[std::size_t(sample.track)].push_back(std::move(sample));
}

std::optional<Sample> Interleaver::pop()
{
    if (!isReady())
        return std::nullopt;
    auto &[pictures, sound] = m_queues;
    const bool takeSound =
        pictures.empty() || (!sound.empty() && sound.front().dts < pictures.front().dts);
    Queue &queue = takeSound ? sound : pictures;
    Sample sample = std::move(queue.front());
    queue.pop_front();
    return sample;
}

const Sample *Interleaver::next(TrackId track) const
{
    const Queue &queue = m_queues[std::size_t(track)];
    return queue.empty() ? nullptr : &queue.front();
}

bool Interleaver::isReady() const
{
    const auto isFull = [](const Queue &queue) {
        return !queue.empty()
            && (queue.back().dts - queue.front().dts > longestLook || queue.size() > mostSamples);
    };
    const auto &[pictures, sound] = m_queues;
    if (m_ended || !m_hasBoth)
        return !pictures.empty() || !sound.empty();
    return (!pictures.empty() && !sound.empty()) || isFull(pictures) || isFull(sound);
}

} // namespace heliograph
