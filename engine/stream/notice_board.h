// The ring of notices: what happened, newest last; equal ones in a row become one with a count.
// Thread: the loop. Owner: the studio's engine.
#pragma once

#include "core/clock.h"
#include "engine/snapshot.h"

#include <deque>

namespace heliograph {

class NoticeBoard {
public:
    explicit NoticeBoard(const Clock &clock)
        : m_clock(clock)
    {
    }

    void post(NoticeLevel level, Notice::Event event, std::string subject, std::string detail = {},
              std::optional<Error> error = std::nullopt);
    const std::deque<Notice> &all() const { return m_notices; }

private:
    static constexpr std::size_t capacity = 200;

    const Clock &m_clock;
    std::deque<Notice> m_notices;
    std::uint64_t m_lastId = 0;
};

} // namespace heliograph
