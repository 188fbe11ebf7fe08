#include "stream/ingest.h"

#include <algorithm>

namespace heliograph {

std::string IngestDoor::mount() const
{
    const auto mount = m_mount ? m_mount->get() : nullptr;
    return mount ? *mount : std::string();
}

bool IngestDoor::push(PublishedItem item)
{
    const Timestamp arrived = item.arrived;
    const bool keyframe = item.keyframe;
    const bool picture = item.kind == PublishedItem::Kind::Picture;
    // What is no picture never breaks those that follow.
    const bool accepted =
        m_inbox.push(std::move(item), arrived, keyframe, picture) != InboxPush::Refused;
    m_wakeup.signal();
    return accepted;
}

std::optional<PublishedItem> IngestDoor::take(std::chrono::milliseconds patience,
                                              const std::stop_token &stop)
{
    if (m_taken.empty()) {
        m_taken = m_inbox.drain();
        if (m_taken.empty()) {
            m_wakeup.waitFor(patience, stop);
            m_taken = m_inbox.drain();
        }
        std::reverse(m_taken.begin(), m_taken.end());
    }
    if (m_taken.empty())
        return std::nullopt;
    PublishedItem item = std::move(m_taken.back());
    m_taken.pop_back();
    return item;
}

} // namespace heliograph
