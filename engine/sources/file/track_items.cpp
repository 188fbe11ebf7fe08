#include "sources/file/track_items.h"

#include "codec/ffmpeg/audio_decoder.h"
#include "codec/ffmpeg/video_decoder.h"
#include "sources/file/file_tracks.h"

#include <optional>

namespace heliograph {

namespace {

template <class Codec>
class NalPictures final : public TrackItems {
public:
    Result<> beginRound(const FileTrack &track) override
    {
        m_assembler.setHints(pictureHints(*track.stream));
        return {};
    }

    Result<std::vector<SourceItem>> take(const Sample &sample, const DueTimes &times) override
    {
        auto unit = m_assembler.assemble(typename NalAssembler<Codec>::Picture{
            sample.bytes, times.pts, times.dts, times.captured, Bytes()});
        if (!unit)
            return tl::unexpected(unit.error());
        if (!*unit) // parameter sets alone
            return std::vector<SourceItem>();
        return std::vector<SourceItem>{*std::move(unit)};
    }

private:
    NalAssembler<Codec> m_assembler;
};

class PassedSound final : public TrackItems {
public:
    explicit PassedSound(std::shared_ptr<const Track> track)
        : m_track(std::move(track))
    {
    }

    Result<> beginRound(const FileTrack &) override { return {}; }

    Result<std::vector<SourceItem>> take(const Sample &sample, const DueTimes &times) override
    {
        auto unit = std::make_shared<AccessUnit>();
        unit->track = TrackId::Audio;
        unit->keyframe = true;
        unit->pts = times.pts;
        unit->dts = times.dts;
        unit->captured = times.captured;
        unit->config = m_track;
        unit->units.push_back(sample.bytes);
        return std::vector<SourceItem>{AccessUnitPtr(std::move(unit))};
    }

private:
    const std::shared_ptr<const Track> m_track;
};

// The file's times give way to those of the clock; what does not know when it is shown is asked of
// the decoder.
const AVPacket &timed(const Sample &sample, const DueTimes &times)
{
    AVPacket &packet = *sample.packet;
    packet.time_base = {1, 1'000'000'000};
    packet.pts = packet.pts == AV_NOPTS_VALUE ? AV_NOPTS_VALUE : times.pts.count();
    packet.dts = times.dts.count();
    packet.duration = sample.duration.count();
    return packet;
}

class DecodedPictures final : public TrackItems {
public:
    Result<> beginRound(const FileTrack &track) override
    {
        auto decoder = VideoDecoder::open(*track.stream->codecpar);
        if (!decoder)
            return tl::unexpected(decoder.error());
        m_decoder = *std::move(decoder);
        return {};
    }

    Result<std::vector<SourceItem>> take(const Sample &sample, const DueTimes &times) override
    {
        m_toWall = times.captured - times.pts;
        return toItems(m_decoder->decode(timed(sample, times)));
    }

    std::vector<SourceItem> endRound() override { return toItems(m_decoder->drain()); }
    bool isDecoded() const override { return true; }

private:
    std::vector<SourceItem> toItems(std::vector<VideoFrame> frames) const
    {
        std::vector<SourceItem> items;
        for (VideoFrame &frame : frames) {
            frame.captured = frame.pts + m_toWall;
            items.emplace_back(std::move(frame));
        }
        return items;
    }

    std::unique_ptr<VideoDecoder> m_decoder;
    Timestamp m_toWall{0}; // from the steady clock to the wall's
};

// Where the sound of one round ends before the next begins there is silence, not a gap: encoders
// count samples.
class DecodedSound final : public TrackItems {
public:
    explicit DecodedSound(int channels)
        : m_channels(channels)
    {
    }

    Result<> beginRound(const FileTrack &track) override
    {
        auto decoder = AudioDecoder::open(*track.stream->codecpar, m_channels);
        if (!decoder)
            return tl::unexpected(decoder.error());
        m_decoder = *std::move(decoder);
        return {};
    }

    Result<std::vector<SourceItem>> take(const Sample &sample, const DueTimes &times) override
    {
        return toItems(m_decoder->decode(timed(sample, times)));
    }

    std::vector<SourceItem> endRound() override
    {
        if (!m_decoder)
            return {};
        auto items = toItems(m_decoder->drain());
        m_decoder.reset();
        return items;
    }

    std::vector<SourceItem> idleUntil(Timestamp when) override
    {
        auto silence = silenceUntil(when);
        if (!m_end || when - *m_end > longestSilence)
            m_end = when;
        if (!silence)
            return {};
        m_end = silence->pts + durationOf(*silence);
        return {*std::move(silence)};
    }

    bool isDecoded() const override { return true; }

private:
    static constexpr int sampleRate = 48000; // the decoder's
    static constexpr Timestamp shortestSilence = std::chrono::milliseconds(2);
    static constexpr Timestamp longestSilence = std::chrono::seconds(1);

    std::vector<SourceItem> toItems(std::vector<AudioFrame> frames)
    {
        std::vector<SourceItem> items;
        for (AudioFrame &frame : frames) {
            if (auto silence = silenceUntil(frame.pts))
                items.emplace_back(*std::move(silence));
            m_end = frame.pts + durationOf(frame);
            items.emplace_back(std::move(frame));
        }
        return items;
    }

    static Timestamp durationOf(const AudioFrame &frame)
    {
        const auto samples = std::int64_t(frame.samples.size() / sizeof(float)) / frame.channels;
        return heliograph::durationOf(samples, frame.sampleRate);
    }

    std::optional<AudioFrame> silenceUntil(Timestamp when) const
    {
        if (!m_end)
            return std::nullopt;
        const Timestamp gap = when - *m_end;
        if (gap < shortestSilence || gap > longestSilence)
            return std::nullopt;
        const std::int64_t samples = gap.count() * sampleRate / 1'000'000'000;
        AudioFrame silence;
        silence.pts = *m_end;
        silence.sampleRate = sampleRate;
        silence.channels = m_channels;
        silence.samples = Bytes(std::vector<std::uint8_t>(
            std::size_t(samples) * std::size_t(m_channels) * sizeof(float)));
        return silence;
    }

    const int m_channels;
    std::unique_ptr<AudioDecoder> m_decoder;
    std::optional<Timestamp> m_end; // of the sound so far
};

} // namespace

std::unique_ptr<TrackItems> makeTrackItems(const FileTrack &track)
{
    switch (track.treatment) {
    case Treatment::H264:
        return std::make_unique<NalPictures<H264Nals>>();
    case Treatment::Hevc:
        return std::make_unique<NalPictures<HevcNals>>();
    case Treatment::Aac:
    case Treatment::Opus:
        return std::make_unique<PassedSound>(track.track);
    case Treatment::Decode:
        break;
    }
    if (track.id == TrackId::Audio)
        return std::make_unique<DecodedSound>(track.channels);
    return std::make_unique<DecodedPictures>();
}

} // namespace heliograph
