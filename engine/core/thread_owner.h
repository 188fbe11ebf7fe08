// Asserts that a class is used by the one thread that owns it. The first call to assertHere()
// after construction claims the object for the calling thread.
// Thread: any. Owner: the object that it guards.
#pragma once

#include <atomic>
#include <cassert>
#include <thread>

namespace heliograph {

class ThreadOwner {
public:
    void assertHere() const
    {
#ifndef NDEBUG
        std::thread::id nobody;
        const std::thread::id here = std::this_thread::get_id();
        if (!m_owner.compare_exchange_strong(nobody, here))
            assert(nobody == here && "used on a thread that does not own it");
#endif
    }

#ifndef NDEBUG
private:
    mutable std::atomic<std::thread::id> m_owner{};
#endif
};

} // namespace heliograph
