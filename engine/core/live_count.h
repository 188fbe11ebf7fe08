// Counts the living objects of a class, so that a test can prove that everything died.
// Thread: any.
#pragma once

#include <atomic>

namespace heliograph {

template <class T>
class LiveCount {
public:
    static int living() { return s_living.load(); }

protected:
    LiveCount() { ++s_living; }
    LiveCount(const LiveCount &) { ++s_living; }
    LiveCount &operator=(const LiveCount &) = default;
    ~LiveCount() { --s_living; }

private:
    static inline std::atomic<int> s_living{0};
};

} // namespace heliograph
