// A slot for one value in which the newest wins: pictures shown to people, settings on their way
// to a source.
// Thread: any writer, any reader. Owner: shared by both ends.
#pragma once

#include <mutex>
#include <optional>
#include <utility>

namespace heliograph {

template <class T>
class Mailbox {
public:
    // Returns true when an older value was thrown away.
    bool put(T value)
    {
        const std::lock_guard lock(m_mutex);
        const bool replaced = m_value.has_value();
        m_value = std::move(value);
        return replaced;
    }

    std::optional<T> take()
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_value, std::nullopt);
    }

private:
    std::mutex m_mutex;
    std::optional<T> m_value;
};

} // namespace heliograph
