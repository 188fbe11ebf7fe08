// A running pipeline of a camera or a microphone, and the eye on whether the device is still there.
// Thread: the source's. Owner: a source.
#pragma once

#include "core/clock.h"
#include "gst/device_watch.h"
#include "gst/pipeline.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace heliograph {

// The device with this id, of one kind; empty: the first one, but never what a loudspeaker plays.
// Nothing: it is not there.
std::optional<gst::Device> findDevice(std::string_view sourceType, std::string_view id);

class DeviceReader {
public:
    // companion: what the pipeline reads as well, a camera's microphone.
    DeviceReader(std::unique_ptr<gst::Pipeline> pipeline, gst::Device device,
                 std::optional<gst::Device> companion = std::nullopt);

    // Errors: as gst::Pipeline's; DeviceBusy names the holder.
    Result<> start();

    // The next item of any track. `lead` is the one that the device itself delivers.
    // Errors: as Source::read(); DeviceGone; Stalled: nothing of `lead` came for a while.
    Result<SourceItem> read(const std::stop_token &stop, TrackId lead);

    const gst::Device &device() const { return m_device; }

private:
    bool isGone() const;
    void note(TrackId track, Timestamp now);
    bool isCompanionSilent(TrackId lead, Timestamp now) const;
    std::vector<std::string> nodes() const;
    tl::unexpected<Error> explained(std::string_view attempt, const Error &error);

    const SystemClock m_clock;
    const std::shared_ptr<gst::DeviceWatch> m_watch = gst::deviceWatch();
    const gst::Device m_device;
    const std::optional<gst::Device> m_companion;
    std::unique_ptr<gst::Pipeline> m_pipeline; // null: it failed
    std::array<std::optional<Timestamp>, 2> m_last; // when one of each track came
    Timestamp m_started{0};
};

} // namespace heliograph
