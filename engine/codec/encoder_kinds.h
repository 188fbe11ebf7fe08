// The H.264 encoders that there may be, as the setting "encoder" and the list of them name them.
// Thread: any (constants).
#pragma once

#include <array>
#include <string_view>

namespace heliograph {

struct EncoderKind {
    const char *id;
    const char *title;
};

inline constexpr std::string_view automaticEncoder = "auto";
inline constexpr EncoderKind softwareEncoder{"software", "Software (x264)"};

// In the order in which "auto" would have them: where a computer has two, a card of its own is
// faster than the processor's graphics, and the maker's own way in knows more than the common one.
inline constexpr std::array hardwareEncoders{
    EncoderKind{"nvenc", "NVENC (NVIDIA)"},
    EncoderKind{"qsv", "Quick Sync (Intel)"},
    EncoderKind{"vaapi", "VAAPI (Intel, AMD)"},
    EncoderKind{"v4l2m2m", "V4L2 M2M (Raspberry Pi and other boards)"},
};

} // namespace heliograph
