#include "sources/pattern/flash_and_beep.h"

#include <cstring>

namespace heliograph {

namespace {

constexpr std::uint8_t white = 235; // of video range
constexpr std::int64_t second = 1'000'000'000;

} // namespace

bool FlashAndBeep::isOn(Timestamp instant) const
{
    const Timestamp since = instant - *m_start;
    return since.count() >= 0 && since.count() % second < length.count();
}

const Bytes &FlashAndBeep::whiteOf(std::size_t size)
{
    if (m_white.size() != size)
        m_white = Bytes(std::vector<std::uint8_t>(size, white));
    return m_white;
}

// I420 of the test pattern, whose other planes are grey already.
VideoFrame FlashAndBeep::apply(const VideoFrame &picture)
{
    if (!m_start)
        m_start = picture.pts;
    VideoFrame shown = picture;
    if (isOn(picture.pts))
        shown.planes[0] = whiteOf(picture.planes[0].size());
    return shown;
}

AudioFrame FlashAndBeep::apply(const AudioFrame &sound) const
{
    const std::size_t step = sizeof(float) * std::size_t(sound.channels);
    std::vector<std::uint8_t> samples(sound.samples.size());
    for (std::size_t at = 0; m_start && at + step <= samples.size(); at += step) {
        const auto passed = std::int64_t(at / step) * second / sound.sampleRate;
        if (isOn(sound.pts + Timestamp(passed)))
            std::memcpy(&samples[at], sound.samples.data() + at, step);
    }
    AudioFrame heard = sound;
    heard.samples = Bytes(std::move(samples));
    return heard;
}

} // namespace heliograph
