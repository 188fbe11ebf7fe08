#include "sources/device_reader.h"

#include "core/holder.h"
#include "gst/device_node.h"

#include <algorithm>

namespace heliograph {

namespace {

constexpr std::chrono::milliseconds startPatience(5000);
constexpr std::chrono::milliseconds readPatience(200);

// A camera may take its time over a picture; a microphone delivers fifty times a second, silence
// too.
constexpr Timestamp patienceFor(TrackId track)
{
    return track == TrackId::Video ? std::chrono::seconds(5) : std::chrono::seconds(2);
}

TrackId trackOf(const SourceItem &item)
{
    return std::holds_alternative<AudioFrame>(item) ? TrackId::Audio : TrackId::Video;
}

} // namespace

std::optional<gst::Device> findDevice(std::string_view sourceType, std::string_view id)
{
    const auto devices = gst::deviceWatch()->devices();
    const auto found = std::ranges::find_if(*devices, [&](const gst::Device &device) {
        const bool isWanted =
            id.empty() ? device.info.kind != DeviceKind::Loudspeaker : device.info.id == id;
        return device.info.sourceType == sourceType && isWanted;
    });
    return found == devices->end() ? std::nullopt : std::optional(*found);
}

DeviceReader::DeviceReader(std::unique_ptr<gst::Pipeline> pipeline, gst::Device device,
                           std::optional<gst::Device> companion)
    : m_device(std::move(device))
    , m_companion(std::move(companion))
    , m_pipeline(std::move(pipeline))
{
}

Result<> DeviceReader::start()
{
    m_started = m_clock.now();
    const auto started = m_pipeline->start(startPatience);
    return started ? started : explained("open device", started.error());
}

Result<SourceItem> DeviceReader::read(const std::stop_token &stop, TrackId lead)
{
    while (!stop.stop_requested()) {
        auto item = m_pipeline->read(readPatience);
        if (!item)
            return explained("read device", item.error());
        const Timestamp now = m_clock.now();
        if (*item)
            note(trackOf(**item), now);
        if (now - m_last[std::size_t(lead)].value_or(m_started) > patienceFor(lead))
            return failure(ErrorCode::Stalled);
        if (isCompanionSilent(lead, now))
            return SourceItem(OpenAnew{});
        if (*item)
            return **std::move(item);
        if (isGone())
            return failure(ErrorCode::DeviceGone, m_device.info.name);
    }
    return failure(ErrorCode::Cancelled);
}

void DeviceReader::note(TrackId track, Timestamp now)
{
    m_last[std::size_t(track)] = now;
}

// A microphone that has stopped; one that never delivered would do no better opened anew.
bool DeviceReader::isCompanionSilent(TrackId lead, Timestamp now) const
{
    const TrackId other = lead == TrackId::Video ? TrackId::Audio : TrackId::Video;
    const auto &last = m_last[std::size_t(other)];
    return last && now - *last > patienceFor(other);
}

// Also when it came back at once: what we opened is dead. What is no device of the system's stays.
bool DeviceReader::isGone() const
{
    const auto devices = m_watch->devices();
    return m_device.device && std::ranges::none_of(*devices, [this](const gst::Device &device) {
               return device.device == m_device.device;
           });
}

// An unplugged device fails in many words; what matters is that it is not there any more. Of one
// that is taken it matters by whom: not by us, who may have it half open.
tl::unexpected<Error> DeviceReader::explained(std::string_view attempt, const Error &error)
{
    if (isGone())
        return failure(ErrorCode::DeviceGone, m_device.info.name);
    if (error.code != ErrorCode::DeviceBusy)
        return within(attempt, error);
    m_pipeline.reset();
    const auto taken = nodes();
    return taken.empty() ? within(attempt, error) : failure(ErrorCode::DeviceBusy, holderOf(taken));
}

// Of those that are known: either of the two may be the one that is taken.
std::vector<std::string> DeviceReader::nodes() const
{
    std::vector<std::string> nodes = {gst::nodeOf(m_device)};
    if (m_companion)
        nodes.push_back(gst::nodeOf(*m_companion));
    std::erase(nodes, std::string());
    return nodes;
}

} // namespace heliograph
