#include "sources/file/file_tracks.h"

#include <algorithm>
#include <array>

namespace heliograph {

namespace {

constexpr int frameSamples = 1024;
constexpr std::uint8_t lowComplexity = 2; // audioObjectType, ISO/IEC 14496-3 table 1.17

// samplingFrequencyIndex, ISO/IEC 14496-3 table 1.18.
constexpr std::array<int, 13> sampleRates = {96000, 88200, 64000, 48000, 44100, 32000, 24000,
                                             22050, 16000, 12000, 11025, 8000,  7350};

bool isPicture(const AVStream &stream)
{
    return stream.codecpar->codec_type == AVMEDIA_TYPE_VIDEO
        && (stream.disposition & AV_DISPOSITION_ATTACHED_PIC) == 0;
}

//  +-------------------+------------------------+----------------+-------+
//  | object type, 5    | frequency index, 4     | channels, 4    | 0 0 0 |   section 1.6.2.1
//  +-------------------+------------------------+----------------+-------+
Bytes makeAudioSpecificConfig(std::size_t frequencyIndex, int channels)
{
    const int channelConfiguration = channels == 8 ? 7 : channels;
    const auto bits = unsigned(lowComplexity << 11) | unsigned(frequencyIndex << 7)
        | unsigned(channelConfiguration << 3);
    return Bytes(std::vector<std::uint8_t>{std::uint8_t(bits >> 8), std::uint8_t(bits)});
}

// Empty: not AAC-LC. A transport stream has it in the header of each frame only.
Bytes audioSpecificConfig(const AVCodecParameters &codec)
{
    if (codec.extradata_size >= 2) {
        const bool isLow = codec.extradata[0] >> 3 == lowComplexity;
        return isLow ? Bytes::copyOf({codec.extradata, std::size_t(codec.extradata_size)})
                     : Bytes();
    }
    const auto rate = std::find(sampleRates.begin(), sampleRates.end(), codec.sample_rate);
    const int channels = codec.ch_layout.nb_channels;
    if (rate == sampleRates.end() || channels < 1 || channels > 8 || channels == 7)
        return {};
    return makeAudioSpecificConfig(std::size_t(rate - sampleRates.begin()), channels);
}

bool isLowComplexityAac(const AVCodecParameters &codec)
{
    const bool isLow = codec.profile == FF_PROFILE_AAC_LOW || codec.profile == FF_PROFILE_UNKNOWN;
    const bool isWhole = codec.frame_size == 0 || codec.frame_size == frameSamples;
    return codec.codec_id == AV_CODEC_ID_AAC && isLow && isWhole && codec.sample_rate > 0
        && codec.ch_layout.nb_channels > 0;
}

} // namespace

Result<const AVStream *> choosePictures(const AVFormatContext &context)
{
    const char *otherCodec = nullptr;
    for (unsigned i = 0; i < context.nb_streams; ++i) {
        const AVStream &stream = *context.streams[i];
        if (!isPicture(stream))
            continue;
        if (stream.codecpar->codec_id == AV_CODEC_ID_H264)
            return &stream;
        otherCodec = otherCodec ? otherCodec : avcodec_get_name(stream.codecpar->codec_id);
    }
    if (otherCodec)
        return failure(ErrorCode::Unsupported,
                       "its pictures are " + std::string(otherCodec) + ", not H.264");
    return failure(ErrorCode::FileUnplayable, "there are no pictures in it");
}

double pictureRate(const AVStream &stream)
{
    for (const AVRational rate : {stream.avg_frame_rate, stream.r_frame_rate})
        if (rate.num > 0 && rate.den > 0 && av_q2d(rate) <= 1000)
            return av_q2d(rate);
    return 25;
}

Sound chooseSound(const AVFormatContext &context)
{
    for (unsigned i = 0; i < context.nb_streams; ++i) {
        const AVStream &stream = *context.streams[i];
        const AVCodecParameters &codec = *stream.codecpar;
        if (!isLowComplexityAac(codec))
            continue;
        AacConfig config;
        config.audioSpecificConfig = audioSpecificConfig(codec);
        config.sampleRate = codec.sample_rate;
        config.channels = codec.ch_layout.nb_channels;
        config.bitrate = int(codec.bit_rate);
        if (!config.audioSpecificConfig.empty())
            return {&stream,
                    std::make_shared<const Track>(Track{TrackId::Audio, 1, std::move(config)})};
    }
    return {};
}

} // namespace heliograph
