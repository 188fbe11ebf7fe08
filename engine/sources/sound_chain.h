// What happens to the sound of a source on its way: volume, the level meter, who listens here, the
// sound card's drift, and the encoders while somebody needs them. Thread: the runner's, but for
// what says otherwise. Owner: the runner.
#pragma once

#include "codec/ffmpeg/drift_corrector.h"
#include "codec/ffmpeg/sound_encoder.h"
#include "codec/sound_settings.h"
#include "engine/snapshot.h"
#include "sources/sound_listener.h"

#include <atomic>
#include <vector>

namespace heliograph {

// What of it is wanted coded.
struct SoundWish {
    bool aac = false;
    bool opus = false;
};

class SoundChain {
public:
    void configure(const SoundConfig &config);

    // The frames that are complete with it, of what is wanted. Errors: EncoderFailed.
    Result<std::vector<AccessUnitPtr>> take(const AudioFrame &frame, const SoundWish &wish);

    // Nothing: no sound has come yet, or it passes and nobody listens. The peak is that since the
    // last call. Thread: the loop.
    std::optional<SoundLevel> level();

    // As viewers hear it, what passes coded too. Never null.
    const std::shared_ptr<SoundListener> &listener() const { return m_listener; }

private:
    Result<> encode(SoundEncoder &encoder, const AudioFrame &frame,
                    std::vector<AccessUnitPtr> &units);
    AudioFrame withGain(const AudioFrame &frame) const;

    SoundConfig m_config;
    float m_factor = 1;
    DriftCorrector m_drift;
    SoundEncoder m_aac{SoundCoding::Aac, m_config.bitrate};
    SoundEncoder m_opus{SoundCoding::Opus, m_config.bitrate};

    // Crossing.
    const std::shared_ptr<SoundListener> m_listener = std::make_shared<SoundListener>();
    PeakMeter m_meter;
    std::atomic<double> m_driftPpm{unknown};
    static constexpr double unknown = 1e9;
};

} // namespace heliograph
