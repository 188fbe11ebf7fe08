#include "codec/ffmpeg/drift_corrector.h"

#include "codec/ffmpeg/error.h"
#include "codec/ffmpeg/handle.h"

#include <algorithm>
#include <cmath>

extern "C" {
#include <libavutil/channel_layout.h>
}

namespace heliograph {

namespace {

// A loop of second order: how far the sound is off, and what that adds up to, set the rate. Slow
// enough that nobody hears it, fast enough that 200 ppm never make more than a few milliseconds.
constexpr double proportional = 0.06; // 1/s
constexpr double integral = 0.0009; // 1/s²
constexpr double mostRate = 0.002; // of change; a card that is further off is broken
constexpr double smoothing = 2; // s: capture times jitter
constexpr double settled = 60; // s, until the drift is known

constexpr Timestamp jump = std::chrono::milliseconds(100);
constexpr double correctEvery = 0.5; // s
constexpr int correctOver = 10; // s: makes the smallest correction finer than one sample

double seconds(Timestamp time)
{
    return std::chrono::duration<double>(time).count();
}

} // namespace

struct DriftCorrector::Impl {
    Result<> begin(const AudioFrame &frame);
    bool follows(const AudioFrame &frame) const;
    Timestamp written() const { return start + durationOf(out, rate); }
    double offset(const AudioFrame &frame) const; // s: by how much it comes too late
    void steer(const AudioFrame &frame, double passed);

    ffmpeg::Handle<SwrContext> resampler;
    int rate = 0;
    int channels = 0;
    Timestamp start{0}; // time of the first sample
    std::int64_t out = 0; // samples
    double error = 0; // s, smoothed
    double sum = 0; // of errors: the drift as a ratio
    double age = 0; // s
    double sinceCorrection = 0; // s
};

DriftCorrector::DriftCorrector()
    : m_impl(std::make_unique<Impl>())
{
    ffmpeg::quietenLog();
}

DriftCorrector::~DriftCorrector() = default;

std::optional<double> DriftCorrector::driftPpm() const
{
    // A card that is too fast has its sound come too early, which the loop makes longer.
    return m_impl->age < settled ? std::nullopt : std::optional(-m_impl->sum * 1e6);
}

Result<AudioFrame> DriftCorrector::correct(const AudioFrame &frame)
{
    Impl &impl = *m_impl;
    if (!impl.follows(frame))
        if (const auto begun = impl.begin(frame); !begun)
            return tl::unexpected(begun.error());
    const auto frameBytes = sizeof(float) * std::size_t(impl.channels);
    const auto count = int(frame.samples.size() / frameBytes);
    impl.steer(frame, double(count) / impl.rate);
    const int room = swr_get_out_samples(impl.resampler.get(), count);
    std::vector<std::uint8_t> samples(std::size_t(std::max(room, 0)) * frameBytes);
    std::uint8_t *to = samples.data();
    const std::uint8_t *from = frame.samples.data();
    const int made = swr_convert(impl.resampler.get(), &to, room, &from, count);
    if (made < 0)
        return ffmpeg::encoderFailure("resample sound", made);
    samples.resize(std::size_t(made) * frameBytes);
    AudioFrame corrected;
    corrected.pts = impl.written();
    corrected.sampleRate = impl.rate;
    corrected.channels = impl.channels;
    corrected.samples = Bytes(std::move(samples));
    impl.out += made;
    return corrected;
}

bool DriftCorrector::Impl::follows(const AudioFrame &frame) const
{
    return resampler && frame.sampleRate == rate && frame.channels == channels
        && std::abs(offset(frame)) < seconds(jump);
}

// What is in the filter will be written before this frame.
double DriftCorrector::Impl::offset(const AudioFrame &frame) const
{
    const std::int64_t waiting = swr_get_delay(resampler.get(), rate);
    return seconds(frame.pts - written() - durationOf(waiting, rate));
}

Result<> DriftCorrector::Impl::begin(const AudioFrame &frame)
{
    rate = frame.sampleRate;
    channels = frame.channels;
    start = frame.pts;
    out = 0;
    error = sum = age = sinceCorrection = 0;
    AVChannelLayout layout;
    av_channel_layout_default(&layout, channels);
    SwrContext *made = nullptr;
    int result = swr_alloc_set_opts2(&made, &layout, AV_SAMPLE_FMT_FLT, rate, &layout,
                                     AV_SAMPLE_FMT_FLT, rate, 0, nullptr);
    resampler.reset(made);
    if (result >= 0)
        result = swr_init(made);
    if (result >= 0) // makes it a resampler although the rates are the same
        result = swr_set_compensation(made, 0, rate * correctOver);
    if (result >= 0)
        return {};
    resampler.reset();
    return ffmpeg::encoderFailure("open the resampler", result);
}

void DriftCorrector::Impl::steer(const AudioFrame &frame, double passed)
{
    error += (offset(frame) - error) * std::min(1.0, passed / smoothing);
    sum = std::clamp(sum + integral * error * passed, -mostRate, mostRate);
    age += passed;
    sinceCorrection += passed;
    if (sinceCorrection < correctEvery)
        return;
    sinceCorrection = 0;
    const double change = std::clamp(proportional * error + sum, -mostRate, mostRate);
    const int distance = rate * correctOver;
    swr_set_compensation(resampler.get(), int(std::lround(change * distance)), distance);
}

} // namespace heliograph
