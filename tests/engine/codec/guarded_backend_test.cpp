#include "codec/ffmpeg/guarded_backend.h"

#include "codec/ffmpeg/h264_encoder.h"

#include <future>
#include <gtest/gtest.h>

#include "failing_encoder.h"
#include "pictures.h"

using namespace heliograph;
using std::chrono::milliseconds;

namespace {

constexpr BackendPatience patience{milliseconds(1500),
                                   milliseconds(1500)}; // slow machines test, too

// Hardware that hangs where the test wants it, until the test lets it go.
class Hardware {
public:
    enum class Hangs { Never, Opening, Encoding, Closing };

    explicit Hardware(Hangs where)
        : m_where(where)
    {
    }
    ~Hardware()
    {
        letGo();
        while (m_living > 0) // the guard's thread, left behind, still has one
            std::this_thread::yield();
    }

    EncoderBackends backends()
    {
        return {[](std::string_view id) { return id == "vaapi"; },
                [this](std::string_view id, const EncoderConfig &config, PictureSize size) {
                    const auto software = [config, size] {
                        return openLibavBackend(softwareEncoder.id, config, size);
                    };
                    return id == softwareEncoder.id
                        ? software()
                        : openGuarded([this, software] { return open(software()); }, patience);
                }};
    }
    void letGo()
    {
        if (!m_free.exchange(true))
            m_gate.set_value();
    }
    int living() const { return m_living; }

private:
    class Backend : public EncoderBackend {
    public:
        Backend(Hardware &hardware, std::unique_ptr<EncoderBackend> real)
            : m_hardware(hardware)
            , m_real(std::move(real))
        {
        }
        ~Backend() override
        {
            m_hardware.hang(Hangs::Closing);
            m_real.reset();
            --m_hardware.m_living;
        }
        PixelFormat pixels() const override { return m_real->pixels(); }
        bool changeRates(const EncoderConfig &config) override
        {
            return m_real->changeRates(config);
        }
        Result<std::optional<CodedPicture>> encode(const VideoFrame &picture, std::int64_t number,
                                                   bool keyframe) override
        {
            if (number == 5)
                m_hardware.hang(Hangs::Encoding);
            return m_real->encode(picture, number, keyframe);
        }

    private:
        Hardware &m_hardware;
        std::unique_ptr<EncoderBackend> m_real;
    };

    Result<std::unique_ptr<EncoderBackend>> open(Result<std::unique_ptr<EncoderBackend>> real)
    {
        ++m_living;
        hang(Hangs::Opening);
        return std::make_unique<Backend>(*this, *std::move(real));
    }
    void hang(Hangs here)
    {
        if (here == m_where)
            m_opened.wait();
    }

    const Hangs m_where;
    std::promise<void> m_gate;
    std::shared_future<void> m_opened = m_gate.get_future().share();
    std::atomic<bool> m_free{false};
    std::atomic<int> m_living{0};
};

// The number of the picture at which software took over.
std::optional<int> film(Hardware &hardware)
{
    H264Encoder encoder(hardware.backends());
    EncoderConfig config;
    config.largest = {320, 240};
    encoder.configure(config);
    std::optional<int> fell;
    for (int i = 0; i < 10; ++i) {
        const auto unit = encoder.encode(test::picture(320, 240, i, milliseconds(i * 33)));
        EXPECT_TRUE(unit && *unit) << i;
        if (!unit || !*unit)
            return fell;
        const auto fall = encoder.takeFall();
        EXPECT_EQ(i == 0 || fall.has_value(), (*unit)->keyframe) << i;
        if (fall) {
            EXPECT_FALSE(fell);
            EXPECT_EQ((Error{ErrorCode::HardwareFailed, "it does not answer"}), fall->error);
            fell = i;
        }
    }
    return fell;
}

} // namespace

TEST(GuardedBackend, HardwareThatAnswersIsUsedAndClosed)
{
    Hardware hardware(Hardware::Hangs::Never);
    EXPECT_EQ(std::nullopt, film(hardware));
    EXPECT_EQ(0, hardware.living());
}

TEST(GuardedBackend, HardwareThatHangsIsLeftBehind)
{
    {
        Hardware hardware(Hardware::Hangs::Opening);
        EXPECT_EQ(0, film(hardware));
        EXPECT_EQ(1, hardware.living());
    }
    Hardware hardware(Hardware::Hangs::Encoding);
    EXPECT_EQ(5, film(hardware));
    EXPECT_EQ(1, hardware.living());
}

TEST(GuardedBackend, HardwareThatHangsWhenItIsClosedHoldsNobodyUp)
{
    Hardware hardware(Hardware::Hangs::Closing);
    EXPECT_EQ(std::nullopt, film(hardware));
    EXPECT_EQ(1, hardware.living());
}
