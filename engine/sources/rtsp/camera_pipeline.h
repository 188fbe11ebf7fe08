// What runs between a camera and us once its offer is known: rtspsrc over one transport.
// Thread: the source's; the login, while it answers challenges, on rtspsrc's own. Owner: the
// source.
#pragma once

#include "gst/pipeline.h"
#include "sources/rtsp/camera_address.h"
#include "sources/rtsp/camera_login.h"
#include "sources/rtsp/camera_plan.h"
#include "sources/rtsp/transport_order.h"

#include <memory>

namespace heliograph {

class CameraPipeline {
public:
    // login: used until the pipeline is gone, on rtspsrc's thread; null: rtspsrc proves by itself.
    // Errors: PipelineFailed (a missing plugin, named).
    static Result<std::unique_ptr<CameraPipeline>> start(const CameraAddress &address,
                                                         const std::string &url,
                                                         const std::vector<CameraTrack> &tracks,
                                                         CameraTransport transport,
                                                         std::shared_ptr<CameraLogin> login);

    // As gst::Pipeline::readSample(). Errors: LoginRefused, Unsupported (the transport),
    // ConnectionLost, NegotiationFailed, PipelineFailed.
    Result<std::optional<gst::Pipeline::Sample>> read(std::chrono::milliseconds patience);

    struct Packets {
        std::uint64_t received = 0;
        std::uint64_t lost = 0;
    };
    Packets packets() const;

private:
    explicit CameraPipeline(std::unique_ptr<gst::Pipeline> pipeline,
                            std::shared_ptr<CameraLogin> login);

    const std::shared_ptr<CameraLogin> m_login; // outlives the pipeline
    const std::unique_ptr<gst::Pipeline> m_pipeline;
};

// When the camera says the sample was taken, by its sender reports.
std::optional<WallTime> ntpOf(const gst::Pipeline::Sample &sample);

} // namespace heliograph
