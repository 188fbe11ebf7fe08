// Where publishers (OBS, FFmpeg) meet the sources that wait for them: the server that a publisher
// came to hands in what it sends, the source takes it out on its own thread.
// Thread: push(), close(), isClosed() and mount() on any; take() on the source's.
// Owner: shared by both ends.
#pragma once

#include "core/bytes.h"
#include "core/clock.h"
#include "core/inbox.h"
#include "core/published.h"
#include "core/switchboard.h"
#include "core/wakeup.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace heliograph {

// One message of a publisher.
struct PublishedItem {
    enum class Kind {
        Begin, // another publisher, or the same one again: nothing continues what was before
        Picture, // body: as in an FLV video tag
        Sound, // body: as in an FLV audio tag
        Data, // body: AMF0, "onMetaData" and the like
        End, // it said goodbye or was lost
    };
    Kind kind = Kind::Data;
    std::uint32_t time = 0; // ms on the publisher's clock; begins anew at 2^32
    Timestamp arrived{0};
    bool keyframe =
        false; // of pictures: decoding can begin here; true also for their configuration
    Bytes body;
};

class IngestDoor {
public:
    enum class TakeOver { NewestWins, Refuse }; // when a second publisher comes

    // Where viewers find the source behind a door: whoever publishes it may move it.
    using Mount = Published<std::string>;

    explicit IngestDoor(TakeOver policy, std::shared_ptr<const Mount> mount = nullptr)
        : m_policy(policy)
        , m_mount(std::move(mount))
    {
    }

    TakeOver policy() const { return m_policy; }
    std::string mount() const; // empty: nobody has named it

    // False: the source is behind, and the item was dropped.
    bool push(PublishedItem item);
    // Nothing: none came within the time, or a stop was asked for.
    std::optional<PublishedItem> take(std::chrono::milliseconds patience,
                                      const std::stop_token &stop);

    // The source is gone, or begins anew: its publisher must come again.
    void close() { m_closed = true; }
    bool isClosed() const { return m_closed; }

private:
    const TakeOver m_policy;
    const std::shared_ptr<const Mount> m_mount;
    Inbox<PublishedItem> m_inbox{std::chrono::seconds(2)};
    Wakeup m_wakeup;
    std::atomic<bool> m_closed{false};
    std::vector<PublishedItem> m_taken; // oldest last; the source's
};

// By stream key.
using IngestDesk = Switchboard<IngestDoor>;

} // namespace heliograph
