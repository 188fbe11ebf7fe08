#include "studio/slate.h"

#include "codec/ffmpeg/h264_encoder.h"
#include "codec/ffmpeg/hevc_still.h"
#include "codec/ffmpeg/last_picture.h"
#include "codec/ffmpeg/sound_encoder.h"
#include "gst/handle.h"
#include "gst/pipeline.h"
#include "media/opus.h"

#include <algorithm>
#include <spdlog/fmt/fmt.h>

namespace heliograph {

namespace {

constexpr std::chrono::milliseconds patience(5000);
constexpr int picturesInGop = 5;
constexpr int gops = 2; // two keyframes in a row must differ in their idr_pic_id
constexpr int aacFrame = 1024; // samples; those of Opus are shorter
constexpr int warmUp = 4; // frames of silence until the encoder's own beginning has faded

// Its one picture.
Result<VideoFrame> takePicture(gst::Pipeline &pipeline)
{
    if (const auto started = pipeline.start(patience); !started)
        return tl::unexpected(started.error());
    const auto item = pipeline.read(patience);
    if (!item)
        return tl::unexpected(item.error());
    if (!*item || !std::holds_alternative<VideoFrame>(**item))
        return failure(ErrorCode::Stalled);
    return std::get<VideoFrame>(**item);
}

std::string ending(PictureSize size)
{
    return fmt::format(" ! videoconvert ! videoscale add-borders=true ! video/x-raw,format=I420,"
                       "width={},height={},pixel-aspect-ratio=1/1 ! appsink name=video sync=false",
                       size.width, size.height);
}

Result<VideoFrame> writeName(const std::string &name, PictureSize size)
{
    auto pipeline = gst::Pipeline::create(
        fmt::format(
            "videotestsrc num-buffers=1 pattern=solid-color foreground-color=0xff1e2630"
            " ! video/x-raw,width={},height={} ! textoverlay name=text font-desc=\"Sans {}\""
            " halignment=center valignment=center line-alignment=center",
            size.width, size.height, std::max(6, size.height / 24))
        + ending(size));
    if (!pipeline)
        return tl::unexpected(pipeline.error());
    const gst::Handle<gchar> escaped(
        g_markup_escape_text(name.c_str(), -1)); // it reads Pango markup
    const std::string text =
        fmt::format("<span size=\"200%\"><b>{}</b></span>\nback soon", escaped.get());
    g_object_set((*pipeline)->element("text").get(), "text", text.c_str(), nullptr);
    return takePicture(**pipeline);
}

Result<VideoFrame> readImage(const std::string &path, PictureSize size)
{
    auto pipeline =
        gst::Pipeline::create("filesrc name=file ! decodebin ! videoconvert" + ending(size));
    if (!pipeline)
        return tl::unexpected(pipeline.error());
    g_object_set((*pipeline)->element("file").get(), "location", path.c_str(), nullptr);
    return takePicture(**pipeline);
}

Result<VideoFrame> wishedPictureOf(const SlateOrder &order)
{
    if (order.picture == WhileLost::Image)
        return readImage(order.image, order.size);
    if (order.picture == WhileLost::LastPicture)
        return lastPictureOf(order.last);
    return writeName(order.name, order.size);
}

// Its keyframes cannot be asked for: joiners begin with the one that is there.
std::shared_ptr<const Track> asPassed(const Track &track)
{
    Track passed = track;
    passed.encodedHere = false;
    return std::make_shared<const Track>(std::move(passed));
}

Result<std::vector<AccessUnitPtr>> codePictures(VideoFrame picture, const SlateOrder &order)
{
    EncoderConfig config = order.encoder;
    config.largest = order.size;
    config.gopSeconds = std::chrono::duration<double>(Slate::pictureStep).count() * picturesInGop;
    config.latencySei = false;
    config.encoder = "software";
    H264Encoder encoder;
    encoder.configure(config);
    std::vector<AccessUnitPtr> units;
    std::shared_ptr<const Track> track;
    for (int i = 0; i < picturesInGop * gops; ++i) {
        picture.pts = i * Slate::pictureStep;
        const auto unit = encoder.encode(picture);
        if (!unit)
            return tl::unexpected(unit.error());
        if (!*unit)
            return failure(ErrorCode::EncoderFailed, "the encoder keeps pictures back");
        auto own = std::make_shared<AccessUnit>(**unit);
        if (!track)
            track = asPassed(*own->config);
        own->config = track;
        units.push_back(std::move(own));
    }
    return units;
}

StillPlan planOf(const SlateOrder &order)
{
    return {order.size, picturesInGop * gops, picturesInGop, Slate::pictureStep};
}

// Of the same rate and channels: players need not be told anything. Nothing: it cannot be had.
Result<AccessUnitPtr> encodeSilence(SoundCoding coding, int rate, int channels)
{
    AudioFrame silence;
    silence.sampleRate = rate;
    silence.channels = channels;
    silence.samples = Bytes(std::vector<std::uint8_t>(sizeof(float) * aacFrame * warmUp
                                                      * std::size_t(std::max(1, channels))));
    if (channels < 1 || !SoundEncoder::canEncode(coding, silence))
        return AccessUnitPtr();
    const auto units = SoundEncoder(coding).encode(silence);
    if (!units)
        return tl::unexpected(units.error());
    return units->empty() ? AccessUnitPtr() : units->back();
}

// Its zero (ITU-T G.711 tables 1 and 2).
AccessUnitPtr silenceOfG711(const OpaqueConfig &config)
{
    constexpr int perSecond = 50;
    const std::uint8_t zero = config.codec == OpaqueCodec::Pcmu ? 0xff : 0xd5;
    auto unit = std::make_shared<AccessUnit>();
    unit->keyframe = true;
    unit->units.emplace_back(std::vector<std::uint8_t>(
        std::size_t(config.sampleRate / perSecond * config.channels), zero));
    return unit;
}

// Of a unit of sound that we made.
Timestamp lengthOf(const AccessUnit &unit)
{
    const Track &track = *unit.config;
    const auto *opaque = std::get_if<OpaqueConfig>(&track.config);
    const ByteSpan frame = unit.units.front();
    if (!opaque)
        return durationOf(aacFrame, std::get<AacConfig>(track.config).sampleRate);
    return isOpus(track)
        ? durationOf(opus::samplesOf(frame), opus::clockRate)
        : durationOf(std::int64_t(frame.size()) / opaque->channels, opaque->sampleRate);
}

Result<AccessUnitPtr> codeSilence(const Track &track)
{
    if (const auto *aac = std::get_if<AacConfig>(&track.config))
        return encodeSilence(SoundCoding::Aac, aac->sampleRate, aac->channels);
    const auto *opaque = std::get_if<OpaqueConfig>(&track.config);
    if (isG711(track))
        return silenceOfG711(*opaque);
    return isOpus(track) ? encodeSilence(SoundCoding::Opus, opus::clockRate, opaque->channels)
                         : AccessUnitPtr();
}

Result<std::vector<Silence>> makeSilences(const SlateOrder &order)
{
    std::vector<Silence> silences;
    for (const auto &track : order.sounds) {
        const auto coded = codeSilence(*track);
        if (!coded)
            return tl::unexpected(coded.error());
        if (!*coded || (*coded)->size() == 0)
            continue;
        auto unit = std::make_shared<AccessUnit>(**coded);
        unit->track = track->id;
        unit->config = track;
        silences.push_back({unit, lengthOf(*unit)});
    }
    return silences;
}

} // namespace

Result<Slate> makeSlate(const SlateOrder &order)
{
    Slate slate;
    if (order.size.width > 0) {
        auto picture = wishedPictureOf(order);
        slate.lacksImage = !picture && order.picture == WhileLost::Image;
        if (!picture)
            picture = writeName(order.name, order.size);
        if (!picture)
            return tl::unexpected(picture.error());
        auto units = order.isHevc ? codeHevcStill(*picture, planOf(order))
                                  : codePictures(*std::move(picture), order);
        if (!units)
            return tl::unexpected(units.error());
        slate.pictures = *std::move(units);
    }
    auto silences = makeSilences(order);
    if (!silences)
        return tl::unexpected(silences.error());
    slate.silences = *std::move(silences);
    return slate;
}

} // namespace heliograph
