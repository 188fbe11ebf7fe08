#include "serve/leaving.h"

#include <fmt/format.h>

namespace heliograph::serve {

namespace {

Notice::Event eventOf(CloseReason reason)
{
    switch (reason) {
    case CloseReason::Kicked:
        return Notice::Event::ViewerKicked;
    case CloseReason::TimedOut:
        return Notice::Event::ViewerTimedOut;
    case CloseReason::TooSlow:
        return Notice::Event::ViewerTooSlow;
    default:
        return Notice::Event::ViewerLeft;
    }
}

NoticeLevel levelOf(CloseReason reason)
{
    return reason == CloseReason::TooSlow ? NoticeLevel::Warning : NoticeLevel::Information;
}

} // namespace

std::string whoIs(const Guest &guest)
{
    return guest.agent.empty() ? guest.address : guest.address + " (" + guest.agent + ")";
}

void tellLeaving(const EngineContext &context, const Guest &guest, const std::string &mount)
{
    if (context.hooks.leave)
        context.hooks.leave(guest, mount);
}

void noteLeaving(const EngineContext &context, CloseReason reason, const Guest &guest,
                 const std::string &mount)
{
    context.notices.post(levelOf(reason), eventOf(reason), whoIs(guest), mount);
    tellLeaving(context, guest, mount);
}

const char *farewell(CloseReason reason)
{
    switch (reason) {
    case CloseReason::Left:
        return "goodbye";
    case CloseReason::Kicked:
        return "removed by the operator";
    case CloseReason::TimedOut:
        return "session timed out";
    case CloseReason::TooSlow:
        return "the connection is too slow";
    case CloseReason::StreamEnded:
        return "the stream ended";
    case CloseReason::ShuttingDown:
        return "the server is shutting down";
    }
    return "";
}

std::string tooSlowSentence(double taken, double stream)
{
    return fmt::format("this viewer's connection takes {:.1f} Mbit/s, the stream has {:.1f}",
                       taken / 1e6, stream / 1e6);
}

} // namespace heliograph::serve
