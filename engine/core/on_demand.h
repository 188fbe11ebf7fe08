// Something expensive of which a process needs one at most: made for the first who asks, shared
// by all who ask meanwhile, and gone with the last of them.
// Thread: any. Owner: whoever hands it out.
#pragma once

#include <memory>
#include <mutex>

namespace heliograph {

template <class T>
class OnDemand {
public:
    std::shared_ptr<T> get()
    {
        const std::lock_guard lock(m_mutex);
        if (auto living = m_living.lock())
            return living;
        auto made = std::make_shared<T>();
        m_living = made;
        return made;
    }

private:
    std::mutex m_mutex;
    std::weak_ptr<T> m_living;
};

} // namespace heliograph
