#include "sources/patient_read.h"

#include "core/clock.h"

namespace heliograph {

namespace {

constexpr Timestamp stalledAfter = std::chrono::seconds(5);

} // namespace

Result<SourceItem> readPatiently(const std::stop_token &stop, const ReadAttempt &attempt)
{
    const SystemClock clock;
    const Timestamp start = clock.now();
    while (!stop.stop_requested()) {
        auto item = attempt();
        if (!item)
            return tl::unexpected(item.error());
        if (*item)
            return **std::move(item);
        if (clock.now() - start > stalledAfter)
            return failure(ErrorCode::Stalled);
    }
    return failure(ErrorCode::Cancelled);
}

} // namespace heliograph
