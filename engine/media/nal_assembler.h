// H.264 and H.265 pictures as they come from an encoder, a file, a feed or a publisher, made into
// access units: delimiters and filler dropped, parameter sets followed: all of them in front of
// every keyframe, once, and one that is new in front of the picture it came with. Thread: the
// source's. Owner: an encoder, or a source that passes pictures through.
#pragma once

#include "engine/error.h"
#include "media/access_unit.h"

#include <array>
#include <map>
#include <span>

namespace heliograph {

// What the SPS does not say reliably, for the description of the track.
struct PictureHints {
    double fps = 0;
    int bitrate = 0; // bit/s
    bool encodedHere = false;
    bool operator==(const PictureHints &) const = default;
};

// What the assembler asks of a kind of NAL units.
struct H264Nals {
    using SpsInfo = h264::SpsInfo;
    using Config = H264Config;
    static constexpr std::size_t setKinds = 2; // SPS, PPS
    static constexpr std::size_t spsKind = 0;
};
struct HevcNals {
    using SpsInfo = hevc::SpsInfo;
    using Config = HevcConfig;
    static constexpr std::size_t setKinds = 3; // VPS, SPS, PPS
    static constexpr std::size_t spsKind = 1;
};

// Codec: H264Nals or HevcNals.
template <class Codec>
class NalAssembler {
public:
    using Hints = PictureHints;

    void setHints(const Hints &hints);

    struct Picture {
        Bytes annexB; // kept alive by the access unit, not copied
        Timestamp pts{0};
        Timestamp dts{0};
        WallTime captured{0};
        Bytes sei; // an SEI NAL unit to put in front of the first slice; empty: none
    };

    // The same where the NAL units are apart already, as behind length prefixes.
    struct Nals {
        std::vector<Bytes> units; // without start codes; shared, not copied
        Timestamp pts{0};
        Timestamp dts{0};
        WallTime captured{0};
        Bytes sei;
    };

    // Null: the bytes hold parameter sets alone, or pictures before the first set of each kind.
    // Errors: Malformed (no NAL unit at all, or an SPS that cannot be read).
    Result<AccessUnitPtr> assemble(const Picture &picture);
    Result<AccessUnitPtr> assemble(const Nals &nals);

    // Sets that were told apart from the pictures, in place of all that were known.
    // Errors: Malformed (then nothing is known any more).
    Result<> replaceSets(std::span<const Bytes> sets);

private:
    Result<> noteParameterSet(const Bytes &nal);
    bool hasAllKinds() const;
    void putSetsInFront(AccessUnit &unit);
    void renewTrack();

    Hints m_hints;
    std::array<std::map<int, Bytes>, Codec::setKinds> m_sets; // by id, in the order of their kinds
    int m_activeSps = 0; // the id of the last one seen
    typename Codec::SpsInfo m_info; // read from it
    std::vector<Bytes> m_unsent; // sets that came since the last access unit and were new
    std::shared_ptr<const Track> m_track;
    std::uint32_t m_version = 0;
    bool m_stale = false; // m_track no longer tells the truth
};

using H264Assembler = NalAssembler<H264Nals>;
using HevcAssembler = NalAssembler<HevcNals>;

} // namespace heliograph
