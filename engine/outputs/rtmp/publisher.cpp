#include "outputs/rtmp/publisher.h"

#include "wire/rtmp/command.h"
#include "wire/rtmp/video_tag.h"

namespace heliograph::rtmp {

namespace {

// Decoding can begin with it, or cannot begin without it.
bool isStart(const Message &message)
{
    const auto tag = parseVideoTag(message.payload);
    return tag && (tag->keyframe || tag->kind == PacketKind::SequenceHeader);
}

} // namespace

Publisher::Publisher(const Clock &clock, std::shared_ptr<IngestDoor> door,
                     std::uint32_t messageStream)
    : m_clock(clock)
    , m_door(std::move(door))
    , m_mount(m_door->mount())
    , m_messageStream(messageStream)
{
    push(PublishedItem::Kind::Begin, nullptr);
}

Publisher::~Publisher()
{
    push(PublishedItem::Kind::End, nullptr);
}

void Publisher::take(const Message &message)
{
    if (message.head.type == MessageType::Video)
        push(PublishedItem::Kind::Picture, &message, isStart(message));
    else if (message.head.type == MessageType::Audio)
        push(PublishedItem::Kind::Sound, &message);
    else if (isData(message.head.type))
        push(PublishedItem::Kind::Data, &message);
}

void Publisher::push(PublishedItem::Kind kind, const Message *message, bool keyframe)
{
    PublishedItem item;
    item.kind = kind;
    item.arrived = m_clock.now();
    item.keyframe = keyframe;
    if (message) {
        item.time = message->head.timestamp;
        // DataAmf3 is AMF0 behind a byte of 0.
        const std::size_t skip =
            message->head.type == MessageType::DataAmf3 && !message->payload.empty();
        item.body = message->payload.slice(skip, message->payload.size() - skip);
    }
    m_door->push(std::move(item));
}

} // namespace heliograph::rtmp
