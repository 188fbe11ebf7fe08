#include "sources/launch/launch_source.h"

#include "gst/pipeline.h"
#include "gst/sample.h"
#include "media/nal_assembler.h"
#include "sources/launch/line_end.h"
#include "sources/patient_read.h"

#include <spdlog/fmt/fmt.h>

namespace heliograph {

namespace {

constexpr std::chrono::milliseconds startPatience(5000);

SettingsSchema launchSchema()
{
    return {{.key = "line",
             .title = "Launch line",
             .help =
                 "What one would give gst-launch-1.0, without a sink: its end must give raw "
                 "video or H.264. It runs with your rights, so take none from strangers, and it "
                 "is saved as it is, with any password in it. When it ends it starts again.",
             .kind = SettingKind::Text,
             .fallback = std::string("videotestsrc is-live=true")}};
}

// A line that is not live would run as fast as it can: sync makes it wait for the clock.
std::string wholeLine(const std::string &line, LineEnd end)
{
    if (end == LineEnd::H264)
        return line
            + " ! h264parse config-interval=-1 ! video/x-h264,stream-format=byte-stream,"
              "alignment=au ! appsink name=coded sync=true max-buffers=60";
    return fmt::format("{} ! videoconvert ! appsink name=video sync=true max-buffers=4 drop=true"
                       " caps=\"{}\"",
                       line, gst::rawVideoCaps());
}

// A camera's sentences do not fit what fails here, which can be anything. A line that has ended is
// begun anew.
tl::unexpected<Error> explain(const Error &error)
{
    const bool atEnd = error.code == ErrorCode::EndOfSource;
    return failure(ErrorCode::PipelineFailed, atEnd ? "the line came to its end" : error.detail);
}

// Thread: the runner's. Owner: the runner.
class LaunchSource final : public Source {
public:
    LaunchSource(const std::string &line, LineEnd end)
        : m_line(wholeLine(line, end))
        , m_end(end)
    {
    }

    Result<std::vector<TrackId>> open(const std::stop_token &) override
    {
        auto pipeline = gst::Pipeline::create(m_line);
        if (!pipeline)
            return explain(pipeline.error());
        m_pipeline = *std::move(pipeline);
        if (const auto started = m_pipeline->start(startPatience); !started)
            return explain(started.error());
        m_pipeline->hurryWhatIsLive();
        return std::vector{TrackId::Video};
    }

    Result<SourceItem> read(const std::stop_token &stop) override
    {
        return readPatiently(stop, [this]() -> Result<std::optional<SourceItem>> {
            auto item = m_end == LineEnd::H264 ? readUnit() : m_pipeline->read(readPatience);
            return item ? std::move(item) : explain(item.error());
        });
    }

private:
    Result<std::optional<SourceItem>> readUnit()
    {
        const auto picture = m_pipeline->readCoded(readPatience);
        if (!picture)
            return tl::unexpected(picture.error());
        if (!*picture)
            return std::optional<SourceItem>();
        auto unit = m_assembler.assemble(**picture);
        if (!unit)
            return tl::unexpected(unit.error());
        return *unit ? std::optional<SourceItem>(*std::move(unit)) : std::nullopt;
    }

    const std::string m_line;
    const LineEnd m_end;
    std::unique_ptr<gst::Pipeline> m_pipeline;
    H264Assembler m_assembler;
};

} // namespace

SourceType launchSource()
{
    return {"launch",
            "GStreamer launch line",
            SourceKind::Mixed,
            launchSchema(),
            [](const Settings &settings, const SourceContext &) -> Result<std::unique_ptr<Source>> {
                const std::string &line = textOf(settings, "line");
                const auto end = endOf(line);
                if (!end)
                    return tl::unexpected(end.error());
                return std::make_unique<LaunchSource>(line, *end);
            },
            nullptr,
            {}};
}

} // namespace heliograph
