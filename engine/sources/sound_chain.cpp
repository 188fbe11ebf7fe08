#include "sources/sound_chain.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace heliograph {

namespace {

std::span<const float> samplesOf(const AudioFrame &frame)
{
    return {reinterpret_cast<const float *>(frame.samples.data()),
            frame.samples.size() / sizeof(float)};
}

} // namespace

void SoundChain::configure(const SoundConfig &config)
{
    if (config.bitrate != m_config.bitrate) {
        m_aac = SoundEncoder(SoundCoding::Aac, config.bitrate);
        m_opus = SoundEncoder(SoundCoding::Opus, config.bitrate);
    }
    m_config = config;
    m_factor = config.muted ? 0 : float(std::pow(10, config.gain / 20));
}

Result<std::vector<AccessUnitPtr>> SoundChain::take(const AudioFrame &frame, const SoundWish &wish)
{
    const AudioFrame loud = m_factor == 1 ? frame : withGain(frame);
    m_meter.note(loud);
    m_listener->offer(loud);
    std::vector<AccessUnitPtr> units;
    if (!wish.aac && !wish.opus)
        return units;
    const auto corrected = m_drift.correct(loud);
    if (!corrected)
        return tl::unexpected(corrected.error());
    m_driftPpm = m_drift.driftPpm().value_or(unknown);
    // Opus first, which is sooner done: whoever is told of the stream when its AAC is there is told
    // of all.
    if (wish.opus && SoundEncoder::canEncode(SoundCoding::Opus, *corrected))
        if (const auto coded = encode(m_opus, *corrected, units); !coded)
            return tl::unexpected(coded.error());
    if (wish.aac)
        if (const auto coded = encode(m_aac, *corrected, units); !coded)
            return tl::unexpected(coded.error());
    return units;
}

Result<> SoundChain::encode(SoundEncoder &encoder, const AudioFrame &frame,
                            std::vector<AccessUnitPtr> &units)
{
    const auto coded = encoder.encode(frame);
    if (!coded)
        return tl::unexpected(coded.error());
    units.insert(units.end(), coded->begin(), coded->end());
    return {};
}

// What would be too loud is cut off.
AudioFrame SoundChain::withGain(const AudioFrame &frame) const
{
    const auto from = samplesOf(frame);
    std::vector<std::uint8_t> bytes(from.size_bytes());
    for (std::size_t i = 0; i < from.size(); ++i) {
        const float sample = std::clamp(from[i] * m_factor, -1.0F, 1.0F);
        std::memcpy(&bytes[i * sizeof sample], &sample, sizeof sample);
    }
    AudioFrame loud = frame;
    loud.samples = Bytes(std::move(bytes));
    return loud;
}

std::optional<SoundLevel> SoundChain::level()
{
    const auto here = m_meter.takePeak();
    const auto passing = m_listener->takePassedPeak();
    const auto peak = here && passing ? std::max(*here, *passing) : here ? here : passing;
    if (!peak)
        return std::nullopt;
    SoundLevel level{*peak, {}};
    if (const double drift = m_driftPpm; drift != unknown)
        level.driftPpm = drift;
    return level;
}

} // namespace heliograph
