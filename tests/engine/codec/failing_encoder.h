// Encoders that fail in the ways that hardware does, made of one that works.
#pragma once

#include "codec/encoder_kinds.h"
#include "codec/ffmpeg/libav_backend.h"
#include "codec/ffmpeg/scaler.h"
#include "media/h264.h"

#include <gtest/gtest.h>
#include <utility>

namespace heliograph::test {

enum class Failing {
    Never,
    Late, // it does not fail: parameter sets come alone, then each picture a step late
    AtOpening,
    WithAnError,
    InSilence, // it takes pictures and gives none back
    WithGarbage,
    WithoutKeyframe, // its first picture needs one that nobody has
};

// Works up to picture number `from`.
class FailingBackend : public EncoderBackend {
public:
    FailingBackend(std::unique_ptr<EncoderBackend> real, Failing how, std::int64_t from)
        : m_real(std::move(real))
        , m_how(how)
        , m_from(from)
    {
    }

    PixelFormat pixels() const override { return PixelFormat::NV12; } // as hardware is given
    bool changeRates(const EncoderConfig &) override { return false; } // as most of it

    Result<std::optional<CodedPicture>> encode(const VideoFrame &picture, std::int64_t number,
                                               bool keyframe) override
    {
        EXPECT_EQ(PixelFormat::NV12, picture.format.pixels);
        if (number >= m_from && m_how == Failing::WithAnError)
            return failure(ErrorCode::HardwareFailed, "the card is gone");
        if (number >= m_from && m_how == Failing::InSilence)
            return std::nullopt;
        if (number >= m_from && m_how == Failing::WithGarbage)
            return CodedPicture{Bytes(std::vector<std::uint8_t>(100, 0x55)), number};
        auto coded =
            m_real->encode(m_scaler.convert(picture, i420Of(picture)).value(), number, keyframe);
        if (!coded || !*coded)
            return coded;
        if (number == 0 && (m_how == Failing::Late || m_how == Failing::WithoutKeyframe)) {
            m_late = **coded;
            return CodedPicture{setsOf((*coded)->annexB), number};
        }
        if (m_how == Failing::Late)
            return std::exchange(m_late, **coded);
        return coded;
    }

private:
    static Bytes setsOf(ByteSpan annexB)
    {
        std::vector<std::uint8_t> sets;
        for (const ByteSpan nal : h264::splitAnnexB(annexB)) {
            if (h264::typeOf(nal) != h264::NalType::Sps && h264::typeOf(nal) != h264::NalType::Pps)
                continue;
            sets.insert(sets.end(), {0, 0, 0, 1});
            sets.insert(sets.end(), nal.begin(), nal.end());
        }
        return Bytes(std::move(sets));
    }

    static PictureFormat i420Of(const VideoFrame &picture)
    {
        return {picture.format.width, picture.format.height, PixelFormat::I420};
    }

    std::unique_ptr<EncoderBackend> m_real;
    const Failing m_how;
    const std::int64_t m_from;
    Scaler m_scaler{ScaleQuality::Sharp};
    CodedPicture m_late;
};

// One computer's encoders: of the hardware, "vaapi" alone, which fails.
struct Computer {
    Failing how = Failing::Never;
    std::int64_t from = 0;
    int opened = 0; // how often the hardware was

    EncoderBackends backends()
    {
        return {[](std::string_view id) { return id == "vaapi"; },
                [this](std::string_view id, const EncoderConfig &config,
                       PictureSize size) -> Result<std::unique_ptr<EncoderBackend>> {
                    auto real = openLibavBackend(softwareEncoder.id, config, size);
                    if (id == softwareEncoder.id || !real)
                        return real;
                    ++opened;
                    if (how == Failing::AtOpening)
                        return failure(ErrorCode::HardwareMissing, "/dev/dri/renderD*");
                    return std::make_unique<FailingBackend>(*std::move(real), how, from);
                }};
    }
};

} // namespace heliograph::test
