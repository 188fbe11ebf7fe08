#include "codec/ffmpeg/h264_encoder.h"

#include <gtest/gtest.h>

#include "decoding.h"
#include "failing_encoder.h"
#include "pictures.h"

using namespace heliograph;
using std::chrono::milliseconds;
using test::Computer;
using test::Failing;

namespace {

constexpr int pictureCount = 40;

EncoderConfig config(const char *encoder)
{
    EncoderConfig made;
    made.largest = {320, 240};
    made.preset = "ultrafast";
    made.encoder = encoder;
    return made;
}

// A clock that has run for long: nothing may take its beginning for that of the film.
Timestamp timeOf(int i)
{
    return std::chrono::hours(30) + milliseconds(i * 33);
}

VideoFrame pictureAt(int i)
{
    return test::picture(320, 240, i, timeOf(i));
}

// A film, encoded, and how often hardware was given up while it ran.
struct Film {
    std::vector<AccessUnitPtr> units;
    std::vector<EncoderFall> falls;
    std::vector<int> pictureOfFall;
};

Film encodeFilm(H264Encoder &encoder)
{
    Film result;
    for (int i = 0; i < pictureCount; ++i) {
        const auto unit = encoder.encode(pictureAt(i));
        EXPECT_TRUE(unit) << i << unit.error().detail;
        if (unit && *unit)
            result.units.push_back(*unit);
        if (auto fall = encoder.takeFall()) {
            result.falls.push_back(*fall);
            result.pictureOfFall.push_back(i);
        }
    }
    return result;
}

Film encodeFilm(Computer &computer, const char *encoder)
{
    H264Encoder made(computer.backends());
    made.configure(config(encoder));
    return encodeFilm(made);
}

void expectDecodable(const std::vector<AccessUnitPtr> &units)
{
    const auto decoded = test::decode(units);
    ASSERT_EQ(units.size(), decoded.size());
    for (std::size_t i = 0; i < units.size(); ++i) {
        EXPECT_EQ(units[i]->pts, decoded[i].pts);
        EXPECT_LT(test::difference(pictureAt(int((units[i]->pts - timeOf(0)) / milliseconds(33))),
                                   decoded[i]),
                  8)
            << i;
    }
}

} // namespace

TEST(EncoderFallback, HardwareThatWorksIsTakenAndNothingIsTold)
{
    for (const char *wanted : {"auto", "vaapi"}) {
        Computer computer;
        const Film film = encodeFilm(computer, wanted);
        EXPECT_EQ(1, computer.opened);
        EXPECT_TRUE(film.falls.empty());
        EXPECT_EQ(std::size_t(pictureCount), film.units.size());
        expectDecodable(film.units);
    }
}

TEST(EncoderFallback, HardwareThatIsLateKeepsTheTimesOfTheCapture)
{
    Computer computer{Failing::Late};
    const Film film = encodeFilm(computer, "vaapi");
    EXPECT_TRUE(film.falls.empty());
    ASSERT_EQ(std::size_t(pictureCount) - 1, film.units.size());
    for (int i = 0; i + 1 < pictureCount; ++i) {
        EXPECT_EQ(timeOf(i), film.units[std::size_t(i)]->pts);
        EXPECT_EQ(i == 0, film.units[std::size_t(i)]->keyframe) << i;
    }
    expectDecodable(film.units);
}

TEST(EncoderFallback, TheEncoderThatGaveTheLastPictureIsNamed)
{
    Computer computer{Failing::WithAnError, 5};
    H264Encoder encoder(computer.backends());
    encoder.configure(config("auto"));
    EXPECT_EQ(nullptr, encoder.title());
    for (int i = 0; i < 10; ++i) {
        EXPECT_TRUE(encoder.encode(pictureAt(i)).value());
        EXPECT_STREQ(i < 5 ? "VAAPI (Intel, AMD)" : "Software (x264)", encoder.title()) << i;
    }
}

TEST(EncoderFallback, SoftwareIsSoftware)
{
    Computer computer;
    EXPECT_EQ(std::size_t(pictureCount), encodeFilm(computer, "software").units.size());
    EXPECT_EQ(0, computer.opened);
}

TEST(EncoderFallback, HardwareThatDoesNotOpenCostsNoPicture)
{
    Computer computer{Failing::AtOpening};
    const Film film = encodeFilm(computer, "vaapi");
    EXPECT_EQ(1, computer.opened);
    ASSERT_EQ(1u, film.falls.size());
    EXPECT_EQ(0, film.pictureOfFall[0]);
    EXPECT_EQ("VAAPI (Intel, AMD)", film.falls[0].encoder);
    EXPECT_EQ((Error{ErrorCode::HardwareMissing, "/dev/dri/renderD*"}), film.falls[0].error);
    ASSERT_EQ(std::size_t(pictureCount), film.units.size());
    EXPECT_TRUE(film.units[0]->keyframe);
    expectDecodable(film.units);
}

TEST(EncoderFallback, ThePictureThatHardwareFailsAtIsAnIdrOfSoftware)
{
    for (const Failing how : {Failing::WithAnError, Failing::WithGarbage}) {
        Computer computer{how, 17};
        const Film film = encodeFilm(computer, "auto");
        EXPECT_EQ(1, computer.opened);
        ASSERT_EQ(1u, film.falls.size());
        EXPECT_EQ(17, film.pictureOfFall[0]);
        EXPECT_EQ(ErrorCode::HardwareFailed, film.falls[0].error.code);
        ASSERT_EQ(std::size_t(pictureCount), film.units.size());
        for (int i = 0; i < pictureCount; ++i)
            EXPECT_EQ(i == 0 || i == 17, film.units[std::size_t(i)]->keyframe) << i;
        expectDecodable(film.units);
    }
}

TEST(EncoderFallback, HardwareThatFallsSilentIsGivenUpWithinHalfASecond)
{
    Computer computer{Failing::InSilence, 10};
    const Film film = encodeFilm(computer, "vaapi");
    ASSERT_EQ(1u, film.falls.size());
    EXPECT_EQ(25, film.pictureOfFall[0]); // at 30 pictures a second, the sixteenth that it kept
    ASSERT_EQ(std::size_t(pictureCount) - 15, film.units.size());
    EXPECT_TRUE(film.units[10]->keyframe);
    EXPECT_EQ(timeOf(25), film.units[10]->pts);
    expectDecodable(film.units);
}

TEST(EncoderFallback, AStreamThatNobodyCouldBeginToDecodeIsNone)
{
    Computer computer{Failing::WithoutKeyframe};
    const Film film = encodeFilm(computer, "vaapi");
    ASSERT_EQ(1u, film.falls.size());
    EXPECT_EQ(1, film.pictureOfFall[0]);
    EXPECT_TRUE(film.units[0]->keyframe);
    expectDecodable(film.units);
}

TEST(EncoderFallback, HardwareIsTriedAgainWhenTheSettingsBeginAnew)
{
    Computer computer{Failing::AtOpening};
    H264Encoder encoder(computer.backends());
    encoder.configure(config("vaapi"));
    EXPECT_EQ(1u, encodeFilm(encoder).falls.size());
    EncoderConfig other = config("vaapi");
    other.bitrate = 300'000; // software goes on
    encoder.configure(other);
    EXPECT_TRUE(encodeFilm(encoder).falls.empty());
    other.profile = "main";
    encoder.configure(other);
    EXPECT_EQ(1u, encodeFilm(encoder).falls.size());
    EXPECT_EQ(2, computer.opened);
}

TEST(EncoderFallback, HardwareThatCannotChangeItsBitrateBeginsAnewWithAnIdr)
{
    Computer computer;
    H264Encoder encoder(computer.backends());
    encoder.configure(config("vaapi"));
    EXPECT_TRUE((*encoder.encode(pictureAt(0)))->keyframe);
    EXPECT_FALSE((*encoder.encode(pictureAt(1)))->keyframe);
    EncoderConfig slower = config("vaapi");
    slower.bitrate = 300'000;
    encoder.configure(slower);
    EXPECT_TRUE((*encoder.encode(pictureAt(2)))->keyframe);
    EXPECT_FALSE((*encoder.encode(pictureAt(3)))->keyframe);
    EXPECT_EQ(2, computer.opened);
    EXPECT_FALSE(encoder.takeFall());
}

TEST(EncoderFallback, SettingsThatSoftwareRefusesToAreAnError)
{
    Computer computer{Failing::AtOpening};
    H264Encoder encoder(computer.backends());
    EncoderConfig bad = config("vaapi");
    bad.preset = "no-such-preset";
    encoder.configure(bad);
    EXPECT_EQ(ErrorCode::EncoderFailed, encoder.encode(pictureAt(0)).error().code);
}
