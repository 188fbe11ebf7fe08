// When the pictures of a raw H.264 file are shown: it has no times, only the order of decoding and
// in each picture its place in the order of showing (ITU-T H.264 section 8.2.1), which counts
// anew from every IDR picture.
//
//   decoding    I0 P3 B1 B2 P6 B4 B5 | I0 …
//   shown as     0  3  1  2  6  4  5 | 7 …
//
// Thread: the source's. Owner: the demuxer.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>

namespace heliograph {

class DisplayOrder {
public:
    // In decoding order. startsAnew: an IDR picture.
    void push(int pictureOrder, bool startsAnew);
    void end() { m_ended = true; }

    // The place of the oldest picture not asked for yet, from 0 on; nothing: push more.
    std::optional<std::int64_t> next();

private:
    struct Picture {
        int order;
        std::int64_t period; // the number of the picture that its count began with
    };

    bool m_ended = false;
    std::int64_t m_pushed = 0;
    std::int64_t m_asked = 0;
    std::int64_t m_period = 0;
    std::deque<Picture> m_before; // the last ones asked for, newest at the back
    std::deque<Picture> m_ahead; // not asked for yet
};

} // namespace heliograph
