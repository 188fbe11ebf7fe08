#include "sources/feed/feed_source.h"

namespace heliograph {

namespace {

constexpr std::chrono::milliseconds nap(200);

// Thread: the runner's. Owner: the runner.
class FeedSource final : public Source {
public:
    explicit FeedSource(std::shared_ptr<FeedQueue> queue)
        : m_queue(std::move(queue))
    {
    }

    ~FeedSource() override { m_queue->deliverBy(nullptr); }

    Result<std::vector<TrackId>> open(const std::stop_token &) override
    {
        return std::vector{TrackId::Video};
    }
    Result<SourceItem> read(const std::stop_token &stop) override { return m_queue->read(stop); }
    void deliverBy(const Deliver &deliver) override { m_queue->deliverBy(deliver); }

private:
    std::shared_ptr<FeedQueue> m_queue;
};

} // namespace

Result<> FeedQueue::push(ByteSpan annexB, Timestamp pts)
{
    const SystemClock clock;
    H264Assembler::Picture picture;
    picture.annexB = Bytes::copyOf(annexB);
    picture.pts = picture.dts = pts;
    picture.captured = clock.toWall(pts);
    auto unit = m_assembler.assemble(picture);
    if (!unit)
        return tl::unexpected(unit.error());
    if (!*unit)
        return {};
    return hand(*unit) ? Result<>() : failure(ErrorCode::TooLarge, "the engine is a second behind");
}

bool FeedQueue::hand(const AccessUnitPtr &unit)
{
    return m_deliver.with([&](const Source::Deliver &deliver) {
        return deliver ? deliver(unit)
                       : m_inbox.push(unit, unit->pts, unit->keyframe, true) != InboxPush::Refused;
    });
}

void FeedQueue::deliverBy(const Source::Deliver &deliver)
{
    m_deliver.with([&](Source::Deliver &now) {
        now = deliver;
        if (now)
            for (const AccessUnitPtr &unit : m_inbox.drain())
                now(unit);
    });
}

void FeedQueue::end()
{
    m_ended = true;
    m_wakeup.signal();
}

Result<SourceItem> FeedQueue::read(const std::stop_token &stop)
{
    while (!stop.stop_requested()) {
        if (m_ended)
            return SourceItem(EndOfSource{});
        m_wakeup.waitFor(nap, stop);
    }
    return failure(ErrorCode::Cancelled);
}

SourceType feedSource(const std::shared_ptr<FeedQueue> &queue)
{
    return {
        .id = "feed",
        .title = "Feed",
        .kind = SourceKind::Passthrough,
        .schema = {},
        .create = [queue](const Settings &, const SourceContext &)
            -> Result<std::unique_ptr<Source>> { return std::make_unique<FeedSource>(queue); },
        .discover = nullptr,
        .awaits = std::nullopt,
        .hasSlate = false,
    };
}

} // namespace heliograph
