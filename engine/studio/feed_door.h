// The push door's handle that a program holds (engine/feed.h).
// Thread: the program's. Owner: the program.
#pragma once

#include "engine/feed.h"
#include "sources/feed/feed_source.h"

#include <functional>

namespace heliograph {

class FeedDoor final : public Feed {
public:
    // closed: called when the program lets go, from its thread.
    FeedDoor(SourceId source, std::shared_ptr<FeedQueue> queue, std::function<void()> closed);
    ~FeedDoor() override;

    SourceId source() const override { return m_source; }
    Result<> push(const FeedPicture &picture) override;

private:
    const SourceId m_source;
    std::shared_ptr<FeedQueue> m_queue;
    std::function<void()> m_closed;
};

} // namespace heliograph
