// Makes slates one after the other, away from the loop and from the sources' threads, because
// encoding takes a while.
// Thread: order() on the loop; the work on its own, from the first order on. Owner: the engine.
#pragma once

#include "core/guarded.h"
#include "core/wakeup.h"
#include "studio/slate.h"

#include <deque>
#include <functional>
#include <thread>
#include <utility>

namespace heliograph {

class SlateMaker {
public:
    using Made = std::function<void(Result<Slate>)>; // on the maker's thread

    void order(SlateOrder order, Made made);

private:
    void run(const std::stop_token &stop);

    using Orders = std::deque<std::pair<SlateOrder, Made>>;

    Guarded<Orders> m_orders;
    Wakeup m_wakeup;
    std::jthread m_thread; // last: the first to be destroyed
};

} // namespace heliograph
