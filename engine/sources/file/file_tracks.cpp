#include "sources/file/file_tracks.h"

#include "media/aac.h"
#include "media/opus.h"

#include <algorithm>
#include <string_view>

namespace heliograph {

namespace {

constexpr int frameSamples = 1024;
constexpr std::size_t opusHeadSize = 19;
constexpr std::uint8_t lowComplexity = 2; // audioObjectType, ISO/IEC 14496-3 table 1.17

bool isPicture(const AVStream &stream)
{
    return stream.codecpar->codec_type == AVMEDIA_TYPE_VIDEO
        && (stream.disposition & AV_DISPOSITION_ATTACHED_PIC) == 0;
}

// Empty: not AAC-LC. A transport stream has it in the header of each frame only.
Bytes audioSpecificConfig(const AVCodecParameters &codec)
{
    if (codec.extradata_size >= 2) {
        const bool isLow = codec.extradata[0] >> 3 == lowComplexity;
        return isLow ? Bytes::copyOf({codec.extradata, std::size_t(codec.extradata_size)})
                     : Bytes();
    }
    return Bytes(makeAudioSpecificConfig(codec.sample_rate, codec.ch_layout.nb_channels));
}

bool isLowComplexityAac(const AVCodecParameters &codec)
{
    const bool isLow = codec.profile == FF_PROFILE_AAC_LOW || codec.profile == FF_PROFILE_UNKNOWN;
    const bool isWhole = codec.frame_size == 0 || codec.frame_size == frameSamples;
    return codec.codec_id == AV_CODEC_ID_AAC && isLow && isWhole && codec.sample_rate > 0
        && codec.ch_layout.nb_channels > 0;
}

std::shared_ptr<const Track> aacTrack(const AVCodecParameters &codec)
{
    if (!isLowComplexityAac(codec))
        return nullptr;
    AacConfig config;
    config.audioSpecificConfig = audioSpecificConfig(codec);
    config.sampleRate = codec.sample_rate;
    config.channels = codec.ch_layout.nb_channels;
    config.bitrate = int(codec.bit_rate);
    if (config.audioSpecificConfig.empty())
        return nullptr;
    return std::make_shared<const Track>(Track{TrackId::Audio, 1, std::move(config)});
}

//  "OpusHead" 64 | version 8 | channels 8 | pre-skip 16 | rate 32 | gain 16 | mapping 8
//                                                          RFC 7845 section 5.1, little endian
Bytes makeOpusHead(int channels)
{
    std::vector<std::uint8_t> head = {'O', 'p', 'u', 's', 'H', 'e', 'a', 'd', 1};
    head.push_back(std::uint8_t(channels));
    head.insert(head.end(), {0, 0, 0x80, 0xbb, 0, 0, 0, 0, 0}); // 48000
    return Bytes(std::move(head));
}

// RFC 7587 carries one stream of one or two channels; a transport stream has no header of its kind.
std::shared_ptr<const Track> opusTrack(const AVCodecParameters &codec)
{
    constexpr std::string_view mark = "OpusHead";
    const int channels = codec.ch_layout.nb_channels;
    if (codec.codec_id != AV_CODEC_ID_OPUS || channels < 1 || channels > 2)
        return nullptr;
    const ByteSpan header(codec.extradata, std::size_t(std::max(codec.extradata_size, 0)));
    const bool isHead =
        header.size() >= opusHeadSize && std::equal(mark.begin(), mark.end(), header.begin());
    OpaqueConfig config;
    config.codec = OpaqueCodec::Opus;
    config.header = isHead ? Bytes::copyOf(header) : makeOpusHead(channels);
    config.sampleRate = opus::clockRate;
    config.channels = channels;
    config.bitrate = int(codec.bit_rate);
    return std::make_shared<const Track>(Track{TrackId::Audio, 1, std::move(config)});
}

Treatment treatmentOf(const AVStream &pictures)
{
    switch (pictures.codecpar->codec_id) {
    case AV_CODEC_ID_H264:
        return Treatment::H264;
    case AV_CODEC_ID_HEVC:
        return Treatment::Hevc;
    default:
        return Treatment::Decode;
    }
}

bool canDecode(const AVStream &stream)
{
    return avcodec_find_decoder(stream.codecpar->codec_id) != nullptr;
}

FileTrack toTrack(const AVStream &stream)
{
    if (stream.codecpar->codec_type == AVMEDIA_TYPE_VIDEO)
        return {TrackId::Video, treatmentOf(stream), &stream, nullptr, 0};
    const int channels = stream.codecpar->ch_layout.nb_channels == 1 ? 1 : 2;
    if (auto aac = aacTrack(*stream.codecpar))
        return {TrackId::Audio, Treatment::Aac, &stream, std::move(aac), channels};
    if (auto opus = opusTrack(*stream.codecpar))
        return {TrackId::Audio, Treatment::Opus, &stream, std::move(opus), channels};
    return {TrackId::Audio, Treatment::Decode, &stream, nullptr, channels};
}

bool isSound(const AVStream &stream)
{
    return stream.codecpar->codec_type == AVMEDIA_TYPE_AUDIO;
}

// Without a stream: there is none that can be served.
FileTrack choose(const AVFormatContext &context, bool (*isWanted)(const AVStream &))
{
    FileTrack best;
    for (unsigned i = 0; i < context.nb_streams; ++i) {
        if (!isWanted(*context.streams[i]))
            continue;
        FileTrack track = toTrack(*context.streams[i]);
        if (track.treatment != Treatment::Decode)
            return track;
        if (!best.stream && canDecode(*track.stream))
            best = std::move(track);
    }
    return best;
}

} // namespace

Result<std::vector<FileTrack>> chooseTracks(const AVFormatContext &context)
{
    std::vector<FileTrack> tracks;
    for (const auto isWanted : {isPicture, isSound})
        if (FileTrack track = choose(context, isWanted); track.stream)
            tracks.push_back(std::move(track));
    if (!tracks.empty() && tracks.front().id == TrackId::Video)
        return tracks;
    for (unsigned i = 0; i < context.nb_streams; ++i)
        if (isPicture(*context.streams[i]))
            return failure(
                ErrorCode::Unsupported,
                "its pictures are "
                    + std::string(avcodec_get_name(context.streams[i]->codecpar->codec_id))
                    + ", which this FFmpeg cannot decode");
    if (tracks.empty())
        return failure(ErrorCode::FileUnplayable, "there are no pictures and no sound in it");
    return tracks;
}

bool isSame(const FileTrack &a, const FileTrack &b)
{
    if (a.id != b.id || a.treatment != b.treatment || !a.track != !b.track)
        return false;
    if (!a.track)
        return true;
    if (const auto *aac = std::get_if<AacConfig>(&a.track->config)) {
        const auto &other = std::get<AacConfig>(b.track->config);
        return aac->sampleRate == other.sampleRate
            && std::ranges::equal(aac->audioSpecificConfig.span(),
                                  other.audioSpecificConfig.span());
    }
    return std::ranges::equal(std::get<OpaqueConfig>(a.track->config).header.span(),
                              std::get<OpaqueConfig>(b.track->config).header.span());
}

double pictureRate(const AVStream &stream)
{
    for (const AVRational rate : {stream.avg_frame_rate, stream.r_frame_rate})
        if (rate.num > 0 && rate.den > 0 && av_q2d(rate) <= 1000)
            return av_q2d(rate);
    return 25;
}

PictureHints pictureHints(const AVStream &stream)
{
    return {pictureRate(stream), int(stream.codecpar->bit_rate)};
}

} // namespace heliograph
