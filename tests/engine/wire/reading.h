// Feeds a reader and collects what comes out, in any way of cutting the stream.
#pragma once

#include "engine/media/hex.h"
#include "wire/rtsp/reader.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

namespace heliograph::test {

struct Reading {
    std::vector<rtsp::Arrival> arrivals; // without NeedMore
    std::optional<ErrorCode> error;
    bool operator==(const Reading &) const = default;
};

// False when the framing was lost.
inline bool drain(rtsp::Reader &reader, Reading &reading)
{
    while (true) {
        Result<rtsp::Arrival> arrival = reader.next();
        if (!arrival) {
            reading.error = arrival.error().code;
            return false;
        }
        if (std::holds_alternative<rtsp::NeedMore>(*arrival))
            return true;
        reading.arrivals.push_back(std::move(*arrival));
    }
}

// In pieces of this many bytes.
inline Reading readInPieces(ByteSpan stream, std::size_t piece)
{
    rtsp::Reader reader;
    Reading reading;
    for (std::size_t at = 0; at < stream.size(); at += piece) {
        reader.feed(stream.subspan(at, std::min(piece, stream.size() - at)));
        if (!drain(reader, reading))
            break;
    }
    return reading;
}

inline Reading readWhole(std::string_view stream)
{
    return readInPieces(spanOf(stream), std::max<std::size_t>(stream.size(), 1));
}

} // namespace heliograph::test
