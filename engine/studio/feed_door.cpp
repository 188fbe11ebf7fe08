#include "studio/feed_door.h"

namespace heliograph {

FeedDoor::FeedDoor(SourceId source, std::shared_ptr<FeedQueue> queue, std::function<void()> closed)
    : m_source(source)
    , m_queue(std::move(queue))
    , m_closed(std::move(closed))
{
}

FeedDoor::~FeedDoor()
{
    m_queue->end();
    m_closed();
}

Result<> FeedDoor::push(const FeedPicture &picture)
{
    return m_queue->push(picture.annexB, picture.pts);
}

} // namespace heliograph
