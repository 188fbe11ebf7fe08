#include "sources/feed/feed_source.h"

#include <algorithm>

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

    Result<std::vector<TrackId>> open(const std::stop_token &) override
    {
        return std::vector{TrackId::Video};
    }
    Result<SourceItem> read(const std::stop_token &stop) override { return m_queue->read(stop); }

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
    picture.captured = clock.wallNow() - (clock.now() - pts);
    auto unit = m_assembler.assemble(picture);
    if (!unit)
        return tl::unexpected(unit.error());
    if (!*unit)
        return {};
    const bool keyframe = (*unit)->keyframe;
    if (m_inbox.push(*std::move(unit), pts, keyframe, true) == InboxPush::Refused)
        return failure(ErrorCode::TooLarge, "the engine is a second behind");
    m_wakeup.signal();
    return {};
}

void FeedQueue::end()
{
    m_ended = true;
    m_wakeup.signal();
}

Result<SourceItem> FeedQueue::read(const std::stop_token &stop)
{
    while (m_taken.empty()) {
        if (stop.stop_requested())
            return failure(ErrorCode::Cancelled);
        m_taken = m_inbox.drain();
        std::reverse(m_taken.begin(), m_taken.end());
        if (m_taken.empty() && m_ended)
            return SourceItem(EndOfSource{});
        if (m_taken.empty())
            m_wakeup.waitFor(nap, stop);
    }
    SourceItem item = std::move(m_taken.back());
    m_taken.pop_back();
    return item;
}

SourceType feedSource(const std::shared_ptr<FeedQueue> &queue)
{
    return {"feed",
            "Feed",
            SourceKind::Passthrough,
            {},
            [queue](const Settings &, const SourceContext &) -> Result<std::unique_ptr<Source>> {
                return std::make_unique<FeedSource>(queue);
            },
            nullptr};
}

} // namespace heliograph
