// One simulated viewer of the load generator: counts what it receives and keeps nothing. Reading is
// kept cheap, for the generator shares the machine with the server.
// Thread: the generator's one. Owner: the generator.
#pragma once

#include "core/clock.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace heliograph::bench {

struct ViewerCounts {
    std::uint64_t frames = 0;
    std::uint64_t lostPackets = 0;
    std::uint64_t bytes = 0;
    std::vector<float> latencyMs; // from the stamp in the picture to the arrival of its end
    std::vector<float> gapMs; // between the ends of two pictures
};

class LoadViewer {
public:
    LoadViewer() = default;
    virtual ~LoadViewer() = default;
    LoadViewer(const LoadViewer &) = delete;
    LoadViewer &operator=(const LoadViewer &) = delete;

    virtual int socket() const = 0; // to poll for reading
    // What is there, as far as one call gets it. False: the server has closed the connection.
    virtual bool read() = 0;

    void startCounting() { m_counts = {}; }
    const ViewerCounts &counts() const { return m_counts; }
    // From the request to play to the end of the first keyframe.
    std::optional<double> firstPictureMs() const { return m_firstPictureMs; }

protected:
    void notePlay() { m_played = Clock::now(); }
    void noteRead() { m_now = Clock::now(); } // what is told next was read now
    void noteBytes(std::size_t bytes) { m_counts.bytes += bytes; }
    void noteLost(std::size_t packets) { m_counts.lostPackets += packets; }
    // The end of one has arrived. stamp: when it was handed to the server.
    void notePicture(bool keyframe, std::optional<WallTime> stamp);

private:
    using Clock = std::chrono::steady_clock;

    ViewerCounts m_counts;
    Clock::time_point m_played;
    Clock::time_point m_now;
    std::optional<Clock::time_point> m_lastPicture;
    std::optional<double> m_firstPictureMs;
};

} // namespace heliograph::bench
