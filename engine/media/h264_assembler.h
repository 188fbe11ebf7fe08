// H.264 pictures as they come from an encoder, a file, a feed or a publisher, made into access
// units: delimiters and filler dropped, parameter sets followed: all of them in front of every IDR,
// once, and one that is new in front of the picture it came with.
// Thread: the source's. Owner: an encoder, or a source that passes H.264 through.
#pragma once

#include "engine/error.h"
#include "media/access_unit.h"

#include <map>
#include <span>

namespace heliograph {

class H264Assembler {
public:
    struct Hints { // what the SPS does not say reliably, for the description of the track
        double fps = 0;
        int bitrate = 0; // bit/s
        bool encodedHere = false;
        bool operator==(const Hints &) const = default;
    };

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

    // Null: the bytes hold parameter sets alone, or pictures before the first SPS and PPS.
    // Errors: Malformed (no NAL unit at all, or an SPS that cannot be read).
    Result<AccessUnitPtr> assemble(const Picture &picture);
    Result<AccessUnitPtr> assemble(const Nals &nals);

    // Sets that were told apart from the pictures, in place of all that were known.
    // Errors: Malformed (then nothing is known any more).
    Result<> replaceSets(std::span<const Bytes> sets);

private:
    Result<> noteParameterSet(const Bytes &nal);
    void putSetsInFront(AccessUnit &unit);
    void renewTrack();

    Hints m_hints;
    std::map<int, Bytes> m_sps; // by id
    std::map<int, Bytes> m_pps;
    int m_activeSps = 0; // the id of the last one seen
    h264::SpsInfo m_info; // read from it
    std::vector<Bytes> m_unsent; // sets that came since the last access unit and were new
    std::shared_ptr<const Track> m_track;
    std::uint32_t m_version = 0;
    bool m_stale = false; // m_track no longer tells the truth
};

} // namespace heliograph
