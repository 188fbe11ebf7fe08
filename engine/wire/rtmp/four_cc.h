// The names of codecs in Enhanced RTMP (v2, "FOURCC").
// Thread: any (values).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace heliograph::rtmp {

class FourCc {
public:
    constexpr FourCc() = default; // none
    constexpr explicit FourCc(std::uint32_t value)
        : m_value(value)
    {
    }
    // Four letters; none when there are more or fewer.
    constexpr explicit FourCc(std::string_view text)
    {
        if (text.size() != 4)
            return;
        for (const char c : text)
            m_value = (m_value << 8) | static_cast<unsigned char>(c);
    }

    constexpr std::uint32_t value() const { return m_value; }
    constexpr bool isNone() const { return m_value == 0; }
    // "hvc1"; letters that cannot be printed are dots; "" for none.
    std::string text() const;
    constexpr auto operator<=>(const FourCc &) const = default;

private:
    std::uint32_t m_value = 0;
};

namespace four_cc {
inline constexpr FourCc avc{"avc1"};
inline constexpr FourCc hevc{"hvc1"};
inline constexpr FourCc vvc{"vvc1"};
inline constexpr FourCc av1{"av01"};
inline constexpr FourCc vp8{"vp08"};
inline constexpr FourCc vp9{"vp09"};
inline constexpr FourCc aac{"mp4a"};
inline constexpr FourCc mp3{".mp3"};
inline constexpr FourCc opus{"Opus"};
inline constexpr FourCc flac{"fLaC"};
inline constexpr FourCc ac3{"ac-3"};
inline constexpr FourCc eac3{"ec-3"};
} // namespace four_cc

} // namespace heliograph::rtmp
