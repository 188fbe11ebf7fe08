// What comes next of the files, in the order in which it is due: read a little ahead of the clock,
// on one timeline for all of them.
// Thread: the source's. Owner: the file source.
#pragma once

#include "sources/file/demuxer.h"
#include "sources/file/interleaver.h"

#include <deque>
#include <memory>

namespace heliograph {

class Lookahead {
public:
    // The next file, from its beginning; next() is null until fill().
    void begin(std::unique_ptr<Demuxer> file, const std::stop_token &stop);
    const Demuxer &file() const { return *m_file; } // after begin()

    // Reads on, up to the end of the file at most. Errors: as of Demuxer::read(), once what was
    // read before has been taken.
    Result<> fill(const std::stop_token &stop);
    void endHere(); // what is left of the file is not wanted

    const Sample *next() const { return m_ahead.empty() ? nullptr : &m_ahead.front(); }
    Sample take();
    bool isAtEnd() const { return m_ahead.empty() && m_allRead; }

    // Whether every picture that was taken is shown before those that come. Only there may the
    // clock move: B pictures behind a pause would be shown after the picture that they lead to.
    bool isInOrder() const;

    // Goes to the last keyframe at or before the position. Gives when each track begins there.
    // Errors: as of Demuxer::seek() and starts().
    Result<Timeline::Starts> seek(Timestamp position, const std::stop_token &stop);
    // To be called after seek(): what the file shows at `from` comes at `at`; see Timeline::cut().
    void cut(Timestamp from, Timestamp at);

private:
    Result<> readOne(const std::stop_token &stop);
    bool isLeftOut(const Sample &sample) const;
    void startOver();

    std::unique_ptr<Demuxer> m_file;
    Timeline m_timeline{Timeline::Clock::Steady};
    std::optional<Interleaver> m_interleaver;
    std::deque<Sample> m_ahead; // in order
    Timestamp m_from = Timestamp::min(); // as the file counts: what is before was not sought
    Timestamp m_lastShown = Timestamp::min(); // of the pictures that were taken, on the timeline
    bool m_allDemuxed = false; // what is left waits in the interleaver
    bool m_allRead = false; // and nothing waits there
};

} // namespace heliograph
