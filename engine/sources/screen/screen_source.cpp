#include "sources/screen/screen_source.h"

#include "gst/pipeline.h"
#include "gst/sample.h"
#include "sources/patient_read.h"
#include "sources/screen/portal_source.h"
#include "sources/screen/screen_discovery.h"
#include "sources/screen/x_server.h"
#include "sources/screen/xlib_errors.h"

#include <spdlog/fmt/fmt.h>

namespace heliograph {

namespace {

constexpr std::chrono::milliseconds startPatience(5000);
constexpr Timestamp glance = std::chrono::milliseconds(500);

SettingsSchema screenSchema()
{
    return {
        {.key = "device",
         .title = "What to show",
         .help = "screen for all of it, monitor:NAME, or window: with a title, or with a number as "
                 "xwininfo tells it; on Wayland portal, where the desktop asks which.",
         .kind = SettingKind::Device,
         .fallback = std::string(isWayland() ? "portal" : "screen"),
         .deviceType = "screen"},
        {.key = "pointer",
         .title = "Mouse pointer",
         .help = "Shows the mouse pointer in the picture.",
         .kind = SettingKind::Toggle,
         .fallback = true},
        {.key = "token",
         .title = "Permission",
         .help = "What the desktop gave on Wayland, so that it need not ask again; empty it to be "
                 "asked.",
         .kind = SettingKind::Text,
         .fallback = std::string(),
         .live = true,
         .advanced = true},
    };
}

// Thread: the runner's. Owner: the runner.
class ScreenSource final : public Source {
public:
    explicit ScreenSource(const Settings &settings)
        : m_wanted(textOf(settings, "device"))
        , m_pointer(toggleOf(settings, "pointer"))
        , m_fps(realOf(settings, "fps"))
    {
    }

    ~ScreenSource() override { giveUpOfTheDead(); }

    Result<std::vector<TrackId>> open(const std::stop_token &) override;
    Result<SourceItem> read(const std::stop_token &stop) override;

private:
    Result<> start();
    Result<> look();
    std::string launchLine() const;
    void giveUpOfTheDead();
    tl::unexpected<Error> gone() const;

    const SystemClock m_clock;
    const std::string m_wanted;
    const bool m_pointer;
    const double m_fps;
    std::unique_ptr<XServer> m_server;
    ScreenItem m_item;
    ScreenArea m_area; // when the pipeline was started
    Timestamp m_looked{0};
    std::unique_ptr<gst::Pipeline> m_pipeline;
};

Result<std::vector<TrackId>> ScreenSource::open(const std::stop_token &)
{
    surviveXlibErrors();
    auto server = XServer::connect();
    if (!server)
        return tl::unexpected(server.error());
    m_server = *std::move(server);
    const auto items = m_server->items();
    const ScreenItem *item = findItem(items, m_wanted);
    if (!item)
        return gone();
    m_item = *item;
    if (m_item.window != 0)
        m_server->keepWhole(m_item.window);
    if (const auto started = start(); !started)
        return tl::unexpected(started.error());
    return std::vector{TrackId::Video};
}

Result<> ScreenSource::start()
{
    const auto area = m_server->areaOf(m_item);
    if (!area)
        return gone();
    m_area = *area;
    m_pipeline.reset();
    auto pipeline = gst::Pipeline::create(launchLine());
    if (!pipeline)
        return within("show the screen", pipeline.error());
    m_pipeline = *std::move(pipeline);
    const auto started = m_pipeline->start(startPatience);
    return started ? started : within("show the screen", started.error());
}

Result<SourceItem> ScreenSource::read(const std::stop_token &stop)
{
    return readPatiently(stop, [this]() -> Result<std::optional<SourceItem>> {
        if (const auto looked = look(); !looked)
            return tl::unexpected(looked.error());
        auto item = m_pipeline->read(readPatience);
        return item ? std::move(item) : within("read the screen", item.error());
    });
}

// Whether it is still there, as large as it was: ximagesrc goes on with what it read last.
Result<> ScreenSource::look()
{
    const Timestamp now = m_clock.now();
    if (now - m_looked < glance)
        return {};
    m_looked = now;
    const auto area = m_server->areaOf(m_item);
    if (!area)
        return gone();
    const bool moved = m_item.window == 0 && *area != m_area;
    const bool resized = area->width != m_area.width || area->height != m_area.height;
    return moved || resized ? start() : Result<>();
}

std::string ScreenSource::launchLine() const
{
    int numerator = 0;
    int denominator = 1;
    gst_util_double_to_fraction(m_fps, &numerator, &denominator);
    const std::string what = m_item.window != 0
        ? fmt::format("xid={}", m_item.window)
        : fmt::format("startx={} starty={} endx={} endy={}", m_area.x, m_area.y,
                      m_area.x + m_area.width - 1, m_area.y + m_area.height - 1);
    return fmt::format("ximagesrc {} show-pointer={} ! video/x-raw,framerate={}/{}"
                       " ! appsink name=video sync=false max-buffers=4 drop=true caps=\"{}\"",
                       what, m_pointer, numerator, denominator, gst::rawVideoCaps());
}

// Its thread sleeps for ever in Xlib, and would be waited for as long.
void ScreenSource::giveUpOfTheDead()
{
    if (m_server && !m_server->isAlive())
        static_cast<void>(m_pipeline.release());
}

tl::unexpected<Error> ScreenSource::gone() const
{
    const bool window = m_wanted.starts_with("window:");
    return failure(window && m_server->isAlive() ? ErrorCode::WindowGone : ErrorCode::ScreenGone,
                   m_item.name.empty() ? m_wanted : m_item.name);
}

} // namespace

SourceType screenSource()
{
    return {"screen",
            "Screen or window",
            SourceKind::Raw,
            screenSchema(),
            [](const Settings &settings, const SourceContext &) -> Result<std::unique_ptr<Source>> {
                if (textOf(settings, "device") == "portal")
                    return portalSource(settings);
                return std::make_unique<ScreenSource>(settings);
            },
            discoverScreens,
            {}};
}

} // namespace heliograph
