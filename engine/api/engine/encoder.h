// An H.264 encoder that there may be on this computer, as it was found by having it encode.
// Thread: any (values).
#pragma once

#include "engine/error.h"

#include <optional>
#include <string>

namespace heliograph {

struct EncoderInfo {
    std::string id; // what the setting "encoder" takes: "software", "vaapi"
    std::string title; // "VAAPI (Intel, AMD)"
    std::optional<Error> error; // why it does not work here; nothing: it does
    bool operator==(const EncoderInfo &) const = default;
};

} // namespace heliograph
