// What happens to the sound of a source on its way: volume, the level meter, who listens here, the
// sound card's drift, and the encoder while somebody needs it. Thread: the runner's, but for what
// says otherwise. Owner: the runner.
#pragma once

#include "codec/ffmpeg/aac_encoder.h"
#include "codec/ffmpeg/drift_corrector.h"
#include "codec/sound_settings.h"
#include "engine/snapshot.h"
#include "sources/sound_listener.h"

#include <atomic>
#include <vector>

namespace heliograph {

class SoundChain {
public:
    void configure(const SoundConfig &config);

    // The frames that are complete with it; none when nobody wants them. Errors: EncoderFailed.
    Result<std::vector<AccessUnitPtr>> take(const AudioFrame &frame, bool isWanted);

    // Nothing: no sound has come yet. The peak is that since the last call. Thread: the loop.
    std::optional<SoundLevel> level();

    // As viewers hear it, what passes coded too. Never null.
    std::shared_ptr<SoundListener> listener() const { return m_listener; }

private:
    AudioFrame withGain(const AudioFrame &frame) const;
    void measure(const AudioFrame &frame);

    SoundConfig m_config;
    float m_factor = 1;
    DriftCorrector m_drift;
    AacEncoder m_encoder{m_config.bitrate};

    // Crossing.
    const std::shared_ptr<SoundListener> m_listener = std::make_shared<SoundListener>();
    std::atomic<bool> m_heard{false};
    std::atomic<float> m_peak{0}; // 0 to 1 and beyond, since level() looked
    std::atomic<double> m_driftPpm{unknown};
    static constexpr double unknown = 1e9;
};

} // namespace heliograph
