// Things in the order in which they came, each with its time: what the queues between two threads
// are made of. Thread: that of who holds it.
#pragma once

#include "core/clock.h"

#include <deque>
#include <utility>
#include <vector>

namespace heliograph {

template <class T>
struct Dated {
    T value;
    Timestamp when;
};

// Oldest first, without their times.
template <class T>
std::vector<T> valuesOf(std::deque<Dated<T>> items)
{
    std::vector<T> values;
    values.reserve(items.size());
    for (Dated<T> &item : items)
        values.push_back(std::move(item.value));
    return values;
}

} // namespace heliograph
