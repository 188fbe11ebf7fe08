#include "sources/sound_listener.h"

#include <cstring>

namespace heliograph {

namespace {

HeardSound heard(const AudioFrame &frame)
{
    HeardSound sound{frame.sampleRate, frame.channels,
                     std::vector<float>(frame.samples.size() / sizeof(float))};
    std::memcpy(sound.samples.data(), frame.samples.data(), sound.samples.size() * sizeof(float));
    return sound;
}

} // namespace

void SoundListener::offer(const AudioFrame &frame)
{
    if (m_wanted)
        m_pieces.put(frame, frame.pts);
}

void SoundListener::offer(const AccessUnitPtr &unit)
{
    if (m_wanted && unit->track == TrackId::Audio)
        m_pieces.put(unit, unit->pts);
}

void SoundListener::setWanted(bool wanted)
{
    m_pieces.drain(); // what was not taken is old
    m_wanted = wanted;
    m_passed.reset();
}

std::optional<double> SoundListener::takePassedPeak()
{
    return m_wanted ? m_passed.takePeak() : std::nullopt;
}

std::vector<HeardSound> SoundListener::take()
{
    std::vector<HeardSound> sounds;
    for (const Piece &piece : m_pieces.drain())
        for (const AudioFrame &frame : framesOf(piece))
            if (!frame.samples.empty())
                sounds.push_back(heard(frame));
    return sounds;
}

std::vector<AudioFrame> SoundListener::framesOf(const Piece &piece)
{
    if (const auto *frame = std::get_if<AudioFrame>(&piece))
        return {*frame};
    auto frames = m_decoder.decode(*std::get<AccessUnitPtr>(piece));
    for (const AudioFrame &frame : frames)
        m_passed.note(frame);
    return frames;
}

} // namespace heliograph
