// The newest of what one thread made for another, oldest first: who falls behind loses the oldest,
// and who makes it never waits.
// Thread: any. Owner: shared by both ends.
#pragma once

#include "core/dated.h"

#include <deque>
#include <mutex>
#include <utility>
#include <vector>

namespace heliograph {

template <class T>
class Recent {
public:
    // Bounded in time and, because times may stand still, in number.
    Recent(Timestamp time, std::size_t number)
        : m_time(time)
        , m_number(number)
    {
    }

    void put(T value, Timestamp when)
    {
        const std::lock_guard lock(m_mutex);
        m_items.push_back({std::move(value), when});
        while (m_items.size() > m_number || !isRecent(m_items.front().when, when))
            m_items.pop_front();
    }

    // Moves everything out.
    std::vector<T> drain()
    {
        std::deque<Dated<T>> items;
        {
            const std::lock_guard lock(m_mutex);
            items.swap(m_items);
        }
        return valuesOf(std::move(items));
    }

private:
    // Times that jump back begin anew.
    bool isRecent(Timestamp when, Timestamp now) const
    {
        return when <= now && now - when <= m_time;
    }

    const Timestamp m_time;
    const std::size_t m_number;
    std::mutex m_mutex;
    std::deque<Dated<T>> m_items;
};

} // namespace heliograph
