// One who sends a stream: what its messages become at the source's door.
// Thread: the loop. Owner: its connection.
#pragma once

#include "core/live_count.h"
#include "stream/ingest.h"
#include "wire/rtmp/message.h"

#include <memory>
#include <string>

namespace heliograph::rtmp {

class Publisher final : LiveCount<Publisher> {
public:
    using LiveCount<Publisher>::living;

    Publisher(const Clock &clock, std::shared_ptr<IngestDoor> door, std::uint32_t messageStream);
    ~Publisher(); // tells the source

    const IngestDoor &door() const { return *m_door; }
    const std::string &mount() const { return m_mount; } // of the source, when it began
    std::uint32_t messageStream() const { return m_messageStream; }

    // Audio, video and data messages; others are none of its business.
    void take(const Message &message);

private:
    void push(PublishedItem::Kind kind, const Message *message, bool keyframe = false);

    const Clock &m_clock;
    const std::shared_ptr<IngestDoor> m_door;
    const std::string m_mount;
    const std::uint32_t m_messageStream;
};

} // namespace heliograph::rtmp
