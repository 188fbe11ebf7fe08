// For front ends that have nothing else to do meanwhile: a command of the studio whose answer is
// waited for. Not for a window, and not where replies run on the thread that waits.
// Thread: any but that of the replies.
#pragma once

#include "engine/error.h"

#include <future>
#include <utility>

namespace heliograph {

// await<SourceId>([&](Reply<SourceId> reply) { studio.addSource(config, std::move(reply)); })
template <class T = void, class Call>
Result<T> await(Call call)
{
    std::promise<Result<T>> answer;
    call([&](Result<T> result) { answer.set_value(std::move(result)); });
    return answer.get_future().get();
}

} // namespace heliograph
