#include "sources/file/display_order.h"

#include <algorithm>

namespace heliograph {

namespace {

// No picture is shown after more than this many that follow it in the stream: they would have to
// wait in the decoder's buffer, which holds no more (section A.3.1).
constexpr std::size_t mostReordered = 16;

} // namespace

void DisplayOrder::push(int pictureOrder, bool startsAnew)
{
    if (startsAnew)
        m_period = m_pushed;
    m_ahead.push_back({pictureOrder, m_period});
    ++m_pushed;
}

std::optional<std::int64_t> DisplayOrder::next()
{
    if (m_ahead.empty() || (!m_ended && m_ahead.size() <= mostReordered))
        return std::nullopt;
    const Picture picture = m_ahead.front();
    m_ahead.pop_front();
    const auto countAmong = [&](const std::deque<Picture> &pictures, auto counts) {
        return std::count_if(pictures.begin(), pictures.end(), [&](const Picture &other) {
            return other.period == picture.period && counts(other.order);
        });
    };
    const auto overtaken = countAmong(m_before, [&](int order) { return order > picture.order; });
    const auto overtaking = countAmong(m_ahead, [&](int order) { return order < picture.order; });
    const std::int64_t place = m_asked++ - overtaken + overtaking;
    m_before.push_back(picture);
    if (m_before.size() > mostReordered)
        m_before.pop_front();
    return place;
}

} // namespace heliograph
