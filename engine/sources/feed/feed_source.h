// The push door as a source: access units that another program hands in, passed through.
#pragma once

#include "core/inbox.h"
#include "core/mailbox.h"
#include "core/wakeup.h"
#include "media/nal_assembler.h"
#include "sources/source.h"

#include <atomic>

namespace heliograph {

// Between the program that pushes and the source that reads.
// Thread: push() on the program's; the rest on the runner's. Owner: shared by both ends.
class FeedQueue {
public:
    // Errors: Malformed, TooLarge (the engine is behind).
    Result<> push(ByteSpan annexB, Timestamp pts);
    void end();

    Result<SourceItem> read(const std::stop_token &stop);

private:
    H264Assembler m_assembler;
    Inbox<AccessUnitPtr> m_inbox{std::chrono::seconds(1)};
    Wakeup m_wakeup;
    std::atomic<bool> m_ended{false};
    std::vector<AccessUnitPtr> m_taken; // oldest last; the runner's
};

SourceType feedSource(const std::shared_ptr<FeedQueue> &queue);

} // namespace heliograph
