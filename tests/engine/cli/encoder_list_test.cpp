#include "cli/encoder_list.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

using namespace heliograph;
using namespace heliograph::cli;

namespace {

const std::vector<EncoderInfo> encoders = {
    {"software", "Software (x264)", {}},
    {"vaapi", "VAAPI", Error{ErrorCode::HardwareMissing, "/dev/dri/renderD*"}},
};

} // namespace

TEST(EncoderList, JsonHasEveryEncoderWithItsReason)
{
    const std::string line = toJson(encoders);
    EXPECT_EQ(line.size() - 1, line.find('\n'));
    const auto list = nlohmann::json::parse(line).at("encoders");
    ASSERT_EQ(2u, list.size());
    EXPECT_EQ("software", list[0].at("id"));
    EXPECT_EQ("Software (x264)", list[0].at("name"));
    EXPECT_EQ(true, list[0].at("available"));
    EXPECT_TRUE(list[0].at("reason").is_null());
    EXPECT_EQ(false, list[1].at("available"));
    EXPECT_NE(std::string::npos, list[1].at("reason").get<std::string>().find("/dev/dri/renderD*"));
}

TEST(EncoderList, TextSaysWhatASourceTakesAndWhatIsWrong)
{
    const std::string text = toText(encoders);
    EXPECT_NE(std::string::npos, text.find("Software (x264)\n  encoder=software\n  It works"))
        << text;
    EXPECT_NE(std::string::npos, text.find("VAAPI\n  encoder=vaapi\n  This computer does not"))
        << text;
}
