#include "sources/screen/portal_source.h"

#include "gst/pipeline.h"
#include "gst/sample.h"
#include "sources/patient_read.h"
#include "sources/screen/portal_cast.h"

#include <cstdlib>
#include <spdlog/fmt/fmt.h>

namespace heliograph {

namespace {

constexpr std::chrono::milliseconds startPatience(5000);

// A screen on which nothing moves sends nothing: its last picture is sent again, seldom enough not
// to come between those of one that moves.
constexpr int stillPeriod = 100; // ms

std::string launchLine(const PortalCast &cast)
{
    return fmt::format("pipewiresrc fd={} path={} do-timestamp=true always-copy=true"
                       " keepalive-time={} ! videoconvert ! appsink name=video sync=false"
                       " max-buffers=4 drop=true caps=\"{}\"",
                       cast.fileDescriptor(), cast.node(), stillPeriod, gst::rawVideoCaps());
}

// Thread: the runner's. Owner: the runner.
class PortalSource final : public Source {
public:
    explicit PortalSource(const Settings &settings)
        : m_wish{toggleOf(settings, "pointer"), textOf(settings, "token")}
    {
    }

    Result<std::vector<TrackId>> open(const std::stop_token &stop) override
    {
        auto cast = PortalCast::ask(m_wish, stop);
        if (!cast)
            return tl::unexpected(cast.error());
        m_cast = *std::move(cast);
        auto pipeline = gst::Pipeline::create(launchLine(*m_cast));
        if (!pipeline)
            return within("show the screen", pipeline.error());
        m_pipeline = *std::move(pipeline);
        if (const auto started = m_pipeline->start(startPatience); !started)
            return within("show the screen", started.error());
        return std::vector{TrackId::Video};
    }

    Result<SourceItem> read(const std::stop_token &stop) override
    {
        return readPatiently(stop, [this]() -> Result<std::optional<SourceItem>> {
            if (!m_cast->isOpen())
                return failure(ErrorCode::ScreenRefused);
            auto item = m_pipeline->read(readPatience);
            return item ? std::move(item) : within("read the screen", item.error());
        });
    }

    Settings learned() const override { return {{"token", m_cast->token()}}; }

private:
    const PortalCast::Wish m_wish;
    std::unique_ptr<PortalCast> m_cast;
    std::unique_ptr<gst::Pipeline> m_pipeline; // after the cast: ends before it
};

} // namespace

bool isWayland()
{
    const char *display = std::getenv("WAYLAND_DISPLAY");
    return display && *display;
}

std::unique_ptr<Source> portalSource(const Settings &settings)
{
    return std::make_unique<PortalSource>(settings);
}

} // namespace heliograph
