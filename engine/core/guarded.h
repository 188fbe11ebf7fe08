// A value that several threads use, one at a time.
// Thread: any. Owner: whoever shares it.
#pragma once

#include <mutex>

namespace heliograph {

template <class T>
class Guarded {
public:
    // Runs use(value) while nobody else can; returns what it returns.
    template <class Use>
    auto with(Use &&use)
    {
        const std::lock_guard lock(m_mutex);
        return use(m_value);
    }

private:
    std::mutex m_mutex;
    T m_value{};
};

} // namespace heliograph
