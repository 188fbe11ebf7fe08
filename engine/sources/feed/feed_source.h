// The push door as a source: access units that another program hands in, passed through.
#pragma once

#include "core/guarded.h"
#include "core/inbox.h"
#include "core/mailbox.h"
#include "core/wakeup.h"
#include "media/nal_assembler.h"
#include "sources/source.h"

#include <atomic>

namespace heliograph {

// Between the program that pushes and the source. What comes before the source is open waits.
// Thread: push() on the program's; the rest on the runner's. Owner: shared by both ends.
class FeedQueue {
public:
    // Errors: Malformed, TooLarge (the engine is behind).
    Result<> push(ByteSpan annexB, Timestamp pts);
    void end();

    void deliverBy(const Source::Deliver &deliver);
    Result<SourceItem> read(const std::stop_token &stop); // the end

private:
    bool hand(const AccessUnitPtr &unit);

    H264Assembler m_assembler;
    Guarded<Source::Deliver> m_deliver; // null: the source is not open
    Inbox<AccessUnitPtr> m_inbox{std::chrono::seconds(1)};
    Wakeup m_wakeup;
    std::atomic<bool> m_ended{false};
};

SourceType feedSource(const std::shared_ptr<FeedQueue> &queue);

} // namespace heliograph
