// Gives a file the speed of its clock: holds each sample back until it is due. What has fallen
// behind by more than a second (a slow disk, a machine that slept) goes on from now, without a
// burst.
// Thread: the source's. Owner: the file source.
#pragma once

#include "core/clock.h"

#include <functional>
#include <optional>
#include <stop_token>

namespace heliograph {

class Pacer {
public:
    // Sleeps, or pretends to; a stop cuts it short.
    using Nap = std::function<void(std::chrono::milliseconds, const std::stop_token &)>;

    // Whether the file's clock may be set anew. Between a picture and one that is shown before it,
    // it stays: they would change places.
    enum class Offset { MayMove, Stays };

    Pacer(const Clock &clock, Nap nap)
        : m_clock(clock)
        , m_nap(std::move(nap))
    {
    }

    // Until the steady clock shows `when` of the file's clock; the first call is due at once.
    // slack: how late it may be, so that one nap serves what is due within it. False: a stop was
    // asked for.
    bool waitUntil(Timestamp when, Timestamp slack, const std::stop_token &stop,
                   Offset offset = Offset::MayMove);

    // What comes next, where the offset may move, is due at once, unless that would be early: after
    // a pause.
    void goOn() { m_goesOn = true; }
    // Passes a little time in which nothing is due. False: a stop was asked for.
    bool idle(const std::stop_token &stop);

    Timestamp now() const { return m_clock.now(); }
    // The steady clock's time on the file's.
    Timestamp toFile(Timestamp steady) const { return steady - m_offset.value_or(Timestamp(0)); }
    // A time of the file's clock on the steady one.
    Timestamp toSteady(Timestamp when) const { return when + m_offset.value_or(Timestamp(0)); }
    WallTime toWall(Timestamp when) const;

private:
    const Clock &m_clock;
    const Nap m_nap;
    bool m_goesOn = false;
    std::optional<Timestamp> m_offset; // from the file's clock to the steady one
};

} // namespace heliograph
