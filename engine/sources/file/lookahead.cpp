#include "sources/file/lookahead.h"

#include "sources/file/agreement.h"

#include <algorithm>

namespace heliograph {

namespace {

// Read at one go, while its code and data are in the processor's caches.
constexpr std::size_t samplesAhead = 16;

} // namespace

void Lookahead::begin(std::unique_ptr<Demuxer> file, const std::stop_token &stop)
{
    m_file = std::move(file);
    const auto clock = m_file->mayJump() ? Timeline::Clock::MayJump : Timeline::Clock::Steady;
    m_timeline.nextRound(m_file->starts(stop).value_or(Timeline::Starts()), clock);
    m_from = Timestamp::min();
    startOver();
}

void Lookahead::startOver()
{
    m_ahead.clear();
    m_interleaver.emplace(m_file->tracks().size() == 2);
    m_allDemuxed = m_allRead = false;
}

Result<> Lookahead::fill(const std::stop_token &stop)
{
    while (m_ahead.size() < samplesAhead && !m_allRead) {
        if (auto sample = m_interleaver->pop())
            m_ahead.push_back(*std::move(sample));
        else if (m_allDemuxed)
            m_allRead = true;
        else if (const auto read = readOne(stop); !read)
            return m_ahead.empty() ? read : Result<>(); // it comes again
    }
    return {};
}

Result<> Lookahead::readOne(const std::stop_token &stop)
{
    auto sample = m_file->read(stop);
    if (!sample)
        return tl::unexpected(sample.error());
    m_allDemuxed = !*sample;
    if (m_allDemuxed) {
        m_interleaver->end();
        return {};
    }
    Sample next = **std::move(sample);
    next.position = next.pts - m_file->beginning();
    next.isLeadIn = next.pts < m_from;
    if (!isLeftOut(next))
        m_interleaver->push(m_timeline.place(std::move(next)));
    return {};
}

// Only decoders need what leads to the place that was sought.
bool Lookahead::isLeftOut(const Sample &sample) const
{
    return sample.isLeadIn
        && findTrack(m_file->tracks(), sample.track)->treatment != Treatment::Decode;
}

void Lookahead::endHere()
{
    m_ahead.clear();
    m_allDemuxed = m_allRead = true;
}

Sample Lookahead::take()
{
    Sample sample = std::move(m_ahead.front());
    m_ahead.pop_front();
    if (sample.track == TrackId::Video)
        m_lastShown = std::max(m_lastShown, sample.pts);
    return sample;
}

bool Lookahead::isInOrder() const
{
    const auto ahead = std::ranges::find(m_ahead, TrackId::Video, &Sample::track);
    const Sample *next = ahead != m_ahead.end() ? &*ahead : m_interleaver->next(TrackId::Video);
    return !next || next->pts > m_lastShown;
}

Result<Timeline::Starts> Lookahead::seek(Timestamp position, const std::stop_token &stop)
{
    if (const auto sought = m_file->seek(position, stop); !sought)
        return tl::unexpected(sought.error());
    return m_file->starts(stop);
}

void Lookahead::cut(Timestamp from, Timestamp at)
{
    m_timeline.cut(from, at);
    m_from = from;
    startOver();
}

} // namespace heliograph
