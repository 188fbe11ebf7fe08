// The H.264 encoders that there may be, as the setting "encoder" and the list of them name them.
// Thread: any (constants).
#pragma once

#include <array>
#include <string_view>

namespace heliograph {

struct EncoderKind {
    const char *id;
    const char *title;
    bool automatic; // "auto" may take it
};

inline constexpr std::string_view automaticEncoder = "auto";
inline constexpr EncoderKind softwareEncoder{"software", "Software (x264)", true};

// In the order in which "auto" would have them: where a computer has two, a card of its own is
// faster than the processor's graphics, and the maker's own way in knows more than the common one.
// V4L2 M2M is for who asks for it by name: what is behind it differs from board to board, and many
// give their pictures a step late.
inline constexpr std::array hardwareEncoders{
    EncoderKind{"nvenc", "NVENC (NVIDIA)", true},
    EncoderKind{"qsv", "Quick Sync (Intel)", true},
    EncoderKind{"vaapi", "VAAPI (Intel, AMD)", true},
    EncoderKind{"v4l2m2m", "V4L2 M2M (Raspberry Pi and other boards)", false},
};

} // namespace heliograph
