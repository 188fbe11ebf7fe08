// A source's sound for a person at this computer, only while they listen: frames as they are, coded
// sound to be decoded where it is taken, so that nobody else waits for it.
// Thread: offer() on the source's, or on that of who pushes to it; the rest as SoundTap says.
// Owner: shared.
#pragma once

#include "codec/ffmpeg/unit_sound.h"
#include "core/recent.h"
#include "engine/listening.h"
#include "media/frames.h"
#include "sources/peak_meter.h"

#include <atomic>
#include <optional>
#include <variant>

namespace heliograph {

class SoundListener final : public SoundTap {
public:
    void offer(const AudioFrame &frame);
    void offer(const AccessUnitPtr &unit); // pictures are passed over

    bool isWanted() const { return m_wanted; }
    void setWanted(bool wanted) override;
    std::vector<HeardSound> take() override;

    // Of coded sound, since the last call, in dBFS. Nothing: none has been listened to. Thread:
    // any.
    std::optional<double> takePassedPeak();

private:
    using Piece = std::variant<AudioFrame, AccessUnitPtr>;

    std::vector<AudioFrame> framesOf(const Piece &piece);

    std::atomic<bool> m_wanted{false};
    Recent<Piece> m_pieces{std::chrono::milliseconds(500), 500};
    UnitSound m_decoder; // take() only
    PeakMeter m_passed;
};

} // namespace heliograph
