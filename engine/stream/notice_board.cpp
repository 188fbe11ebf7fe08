#include "stream/notice_board.h"

namespace heliograph {

namespace {

bool sameBut(const Notice &a, const Notice &b)
{
    return a.event == b.event && a.subject == b.subject && a.detail == b.detail
        && a.error == b.error;
}

} // namespace

void NoticeBoard::post(NoticeLevel level, Notice::Event event, std::string subject,
                       std::string detail, std::optional<Error> error)
{
    Notice notice;
    notice.time =
        WallClock::time_point(std::chrono::duration_cast<WallClock::duration>(m_clock.wallNow()));
    notice.level = level;
    notice.event = event;
    notice.subject = std::move(subject);
    notice.detail = std::move(detail);
    notice.error = std::move(error);
    if (!m_notices.empty() && sameBut(m_notices.back(), notice)) {
        m_notices.back().time = notice.time;
        ++m_notices.back().count;
        return;
    }
    notice.id = ++m_lastId;
    m_notices.push_back(std::move(notice));
    if (m_notices.size() > capacity)
        m_notices.pop_front();
}

} // namespace heliograph
