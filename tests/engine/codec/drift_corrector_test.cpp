#include "codec/ffmpeg/drift_corrector.h"

#include <cstring>
#include <gtest/gtest.h>
#include <random>

using namespace heliograph;

namespace {

constexpr int rate = 8000; // fewer samples than usual, so that an hour passes soon
constexpr int blockSamples = 80; // 10 ms
constexpr Timestamp begin = std::chrono::seconds(1000);

double secondsOf(Timestamp time)
{
    return std::chrono::duration<double>(time).count();
}

// A card whose clock is off, hears a click at every full second of the system's clock; its blocks
// come with times that jitter.
class Card {
public:
    explicit Card(double ppm)
        : m_realRate(rate * (1 + ppm / 1e6))
    {
    }

    double now() const { return double(m_count) / m_realRate; } // s since the beginning

    AudioFrame next()
    {
        std::array<float, blockSamples> samples{};
        AudioFrame frame;
        frame.sampleRate = rate;
        frame.channels = 1;
        frame.pts = begin + Timestamp(std::int64_t((now() + m_jitter(m_random)) * 1e9));
        for (float &sample : samples) {
            const double after = now();
            ++m_count;
            sample = std::int64_t(now()) > std::int64_t(after) ? 1.0F : 0.0F;
        }
        const auto *bytes = reinterpret_cast<const std::uint8_t *>(samples.data());
        frame.samples = Bytes::copyOf({bytes, sizeof samples});
        return frame;
    }

private:
    const double m_realRate;
    std::int64_t m_count = 0;
    std::mt19937 m_random{1};
    std::uniform_real_distribution<> m_jitter{0, 0.006};
};

// How far the clicks are from the full seconds, in s, where they are heard.
class Ear {
public:
    void hear(const AudioFrame &frame)
    {
        if (m_heard) {
            EXPECT_NEAR(secondsOf(m_next), secondsOf(frame.pts), 1e-6); // no gap, no jitter
        }
        const std::size_t count = frame.samples.size() / sizeof(float);
        for (std::size_t i = 0; i < count; ++i) {
            float sample = 0;
            std::memcpy(&sample, frame.samples.data() + i * sizeof sample, sizeof sample);
            const double time = secondsOf(frame.pts - begin) + double(i) / rate;
            if (sample > 0.4F && time - m_lastClick > 0.5) {
                m_lastClick = time;
                offsets.push_back(time - std::round(time));
            }
        }
        m_next = frame.pts + Timestamp(std::int64_t(double(count) / rate * 1e9));
        m_heard = true;
    }

    std::vector<double> offsets;

private:
    bool m_heard = false;
    Timestamp m_next{0};
    double m_lastClick = -1;
};

} // namespace

TEST(DriftCorrector, C10_AnHourWith200PpmStaysWithin20Milliseconds)
{
    for (const double ppm : {200.0, -200.0, 0.0}) {
        SCOPED_TRACE(ppm);
        DriftCorrector corrector;
        Card card(ppm);
        Ear ear;
        while (card.now() < 3600)
            ear.hear(corrector.correct(card.next()).value());
        ASSERT_NEAR(3599, double(ear.offsets.size()), 1);
        for (const double offset : ear.offsets)
            ASSERT_NEAR(0, offset, 0.02);
        EXPECT_NEAR(0, ear.offsets.back(), 0.006);
        ASSERT_TRUE(corrector.driftPpm());
        EXPECT_NEAR(ppm, *corrector.driftPpm(), 20);
    }
}

TEST(DriftCorrector, TheDriftIsNotToldBeforeItIsKnown)
{
    DriftCorrector corrector;
    Card card(100);
    while (card.now() < 30)
        corrector.correct(card.next()).value();
    EXPECT_FALSE(corrector.driftPpm());
}

TEST(DriftCorrector, AJumpInTheTimesBeginsAnew)
{
    DriftCorrector corrector;
    Card card(0);
    while (card.now() < 10)
        corrector.correct(card.next()).value();
    AudioFrame later = card.next();
    later.pts += std::chrono::seconds(3);
    EXPECT_EQ(later.pts, corrector.correct(later)->pts);
}

TEST(DriftCorrector, AnotherRateBeginsAnew)
{
    DriftCorrector corrector;
    Card card(0);
    corrector.correct(card.next()).value();
    AudioFrame other = card.next();
    other.sampleRate = 48000;
    other.channels = 2;
    const AudioFrame corrected = corrector.correct(other).value();
    EXPECT_EQ(48000, corrected.sampleRate);
    EXPECT_EQ(2, corrected.channels);
    EXPECT_EQ(other.pts, corrected.pts);
}
