// onMetaData: what is in a stream, told to players and by publishers (FLV 10.1 section E.5,
// Enhanced RTMP v2).
// Thread: any (pure functions).
#pragma once

#include "media/track.h"
#include "wire/rtmp/command.h"
#include "wire/rtmp/four_cc.h"

#include <optional>
#include <string>
#include <string_view>

namespace heliograph::rtmp {

// What a publisher says, to be believed less than its sequence headers. Zero or empty: not said.
struct Metadata {
    int width = 0;
    int height = 0;
    double fps = 0;
    FourCc videoCodec; // avc for 7, hevc for 12, else the FourCC that was given as a number or text
    int videoBitrate = 0; // bit/s
    FourCc audioCodec; // aac for 10, mp3 for 2, likewise
    int audioBitrate = 0; // bit/s
    int sampleRate = 0;
    int channels = 0;
    std::string encoder;
    bool operator==(const Metadata &) const = default;
};

// Nothing when the message is no metadata. Takes "onMetaData" and "@setDataFrame", "onMetaData",
// with an object or an ECMA array; of a name that comes twice, the last counts.
std::optional<Metadata> readMetadata(const Data &data);

// {"onMetaData", ECMA array}: to be sent to players before the first sequence header.
// encoder: "Heliograph 1.2".
Data makeMetadata(const TrackList &tracks, std::string_view encoder);

} // namespace heliograph::rtmp
