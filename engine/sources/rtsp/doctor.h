// Tells the story of a camera while it happens: what was asked and answered, over which transport,
// what comes and how evenly. It survives a handshake that fails: that is its point.
// Thread: the source's; what it has told is read on any. Owner: the source; the memory outlives it.
#pragma once

#include "core/clock.h"
#include "sources/rtsp/drift_meter.h"
#include "sources/source.h"

#include <optional>

namespace heliograph {

class Doctor {
public:
    // Begins a new story.
    Doctor(std::shared_ptr<SourceMemory> memory, const Clock &clock);

    void tell(StoryLine::Fact fact, std::string subject = {}, std::string detail = {});
    void tellEnd(StoryLine::Fact fact, const Error &error);
    // What was measured anew takes the place of what was before.
    void retell(StoryLine::Fact fact, std::string subject, std::string detail = {});

    // A picture came. ntp: when the camera says it was taken.
    void notePicture(Timestamp pts, bool keyframe, PictureSize size, std::optional<WallTime> ntp);
    // Over all, since the transport was opened.
    void noteLoss(std::uint64_t received, std::uint64_t lost);

    // Time since the construction, as a person reads it: "120 ms", "3.2 s".
    std::string sinceBegin() const;

private:
    void measure(Timestamp pts);
    void publish();

    const std::shared_ptr<SourceMemory> m_memory;
    const Clock &m_clock;
    const Timestamp m_begin;
    Story m_story;
    DriftMeter m_drift;
    bool m_hasPicture = false;
    Timestamp m_windowStart{0}; // of what is counted for the rate; media time
    int m_inWindow = 0;
    std::optional<Timestamp> m_keyframe; // the last
    Timestamp m_gop{0};
};

// "120 ms", "3.2 s".
std::string durationText(Timestamp time);

} // namespace heliograph
