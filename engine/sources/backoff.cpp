#include "sources/backoff.h"

#include <algorithm>

namespace heliograph {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds first(1000);
constexpr milliseconds longest(30000);

} // namespace

// A camera or a window that is away or taken is looked for every second; discovery wakes us
// earlier. A publisher is waited for by opening: who comes before that is refused. A wrong password
// stays wrong, and cameras lock the account of who repeats it. What else fails is given more and
// more time.
milliseconds Backoff::next(ErrorCode why)
{
    switch (why) {
    case ErrorCode::NoPublisher:
        return milliseconds(0);
    case ErrorCode::DeviceGone:
    case ErrorCode::DeviceBusy:
    case ErrorCode::NoDevice:
    case ErrorCode::WindowGone:
    case ErrorCode::ScreenGone:
        return first;
    case ErrorCode::LoginRefused:
        m_last = longest;
        break;
    default:
        m_last = std::clamp(2 * m_last, first, longest);
    }
    return scattered(m_last);
}

// Up to a quarter more or less, inside the bounds.
milliseconds Backoff::scattered(milliseconds time)
{
    const milliseconds quarter = time / 4;
    const milliseconds more(m_random.next32() % std::uint32_t(2 * quarter.count() + 1));
    return std::clamp(time - quarter + more, first, longest);
}

} // namespace heliograph
