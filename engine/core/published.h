// A shared pointer that one thread replaces now and then and every thread may read.
// Thread: one writer, any readers. Owner: whoever publishes.
#pragma once

#include <memory>
#include <mutex>
#include <utility>

namespace heliograph {

template <class T>
class SharedSlot {
public:
    SharedSlot() = default;
    explicit SharedSlot(std::shared_ptr<T> first)
        : m_value(std::move(first))
    {
    }

    void set(std::shared_ptr<T> value)
    {
        const std::lock_guard lock(m_mutex);
        m_value.swap(value); // the old value dies after the lock
    }

    std::shared_ptr<T> get() const
    {
        const std::lock_guard lock(m_mutex);
        return m_value;
    }

private:
    mutable std::mutex m_mutex;
    std::shared_ptr<T> m_value;
};

// A value that is replaced now and then and never changed in place.
template <class T>
using Published = SharedSlot<const T>;

} // namespace heliograph
