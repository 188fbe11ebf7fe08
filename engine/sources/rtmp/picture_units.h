// The pictures of a publisher, made into access units: NAL units each as they are, other codecs
// without a look inside.
// Thread: the source's. Owner: FlvUnits.
#pragma once

#include "media/nal_assembler.h"
#include "wire/rtmp/four_cc.h"
#include "wire/rtmp/metadata.h"

#include <memory>

namespace heliograph {

// When a frame is to be decoded and shown, and when it was made.
struct UnitTimes {
    Timestamp pts{0};
    Timestamp dts{0};
    WallTime captured{0};
};

class PictureUnits {
public:
    virtual ~PictureUnits() = default;

    virtual void takeMetadata(const rtmp::Metadata &metadata) = 0;
    // The decoder's configuration. Many repeat it, some with every keyframe. Errors: Malformed.
    virtual Result<> takeHeader(const Bytes &header) = 0;
    // Null: it cannot be decoded yet. Errors: Malformed.
    virtual Result<AccessUnitPtr> convert(const Bytes &body, bool keyframe,
                                          const UnitTimes &times) = 0;
};

// Null: a codec that cannot be passed on.
std::unique_ptr<PictureUnits> pictureUnits(rtmp::FourCc codec);

} // namespace heliograph
