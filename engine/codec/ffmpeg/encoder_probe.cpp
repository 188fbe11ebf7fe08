#include "codec/ffmpeg/encoder_probe.h"

#include "codec/encoder_kinds.h"
#include "codec/ffmpeg/h264_encoder.h"
#include "codec/ffmpeg/probe_picture.h"

#include <algorithm>
#include <array>
#include <mutex>

namespace heliograph {

namespace {

// Those behind the first one ask whether pictures that build on others come out right, too.
constexpr int picturesWanted = 3;
constexpr int patience = 30; // pictures; the encoder gives silent hardware up before

Error failed(std::string detail)
{
    return {ErrorCode::HardwareFailed, std::move(detail)};
}

// Through the very encoder that will be used: what it would give up does not work.
std::optional<Error> tryOut(std::string_view id)
{
    EncoderConfig config;
    config.encoder = id;
    H264Encoder encoder;
    encoder.configure(config);
    probe::PictureJudge judge;
    for (int i = 0, given = 0; i < patience && given < picturesWanted; ++i) {
        const auto unit = encoder.encode(probe::picture(i));
        if (const auto fall = encoder.takeFall())
            return fall->error;
        if (!unit)
            return unit.error();
        if (*unit && !judge.looksRight(**unit))
            return failed("its pictures are not those that it was given");
        given += *unit ? 1 : 0;
    }
    return std::nullopt;
}

struct Probe {
    std::once_flag once;
    EncoderInfo info;
};

} // namespace

const EncoderInfo &probedEncoder(std::string_view id)
{
    static std::array<Probe, 1 + hardwareEncoders.size()> probes;
    const auto found = std::ranges::find(hardwareEncoders, id, &EncoderKind::id);
    const bool hardware = found != hardwareEncoders.end();
    const EncoderKind &kind = hardware ? *found : softwareEncoder;
    Probe &probe = probes[hardware ? std::size_t(found - hardwareEncoders.begin()) + 1 : 0];
    std::call_once(probe.once, [&] { probe.info = {kind.id, kind.title, tryOut(kind.id)}; });
    return probe.info;
}

bool encoderWorks(std::string_view id)
{
    return !probedEncoder(id).error;
}

std::vector<EncoderInfo> probedEncoders()
{
    std::vector<EncoderInfo> all = {probedEncoder(softwareEncoder.id)};
    for (const EncoderKind &kind : hardwareEncoders)
        all.push_back(probedEncoder(kind.id));
    return all;
}

} // namespace heliograph
