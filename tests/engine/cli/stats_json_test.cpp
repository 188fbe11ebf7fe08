#include "cli/stats_json.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

using namespace heliograph;

TEST(StatsJson, IsOneLineWhateverAPlayerCallsItself)
{
    Snapshot snapshot;
    ViewerSnapshot viewer;
    viewer.userAgent = "evil\n\"\xff";
    viewer.jitterMs = 1.5;
    snapshot.viewers.push_back(viewer);
    snapshot.sources.push_back({});
    snapshot.sources.back().story = {{StoryLine::Fact::Calling, "rtsp://ann:sesame@cam/x", {}, {}}};
    snapshot.streams.resize(3);
    snapshot.streams[1].encoder = "NVENC (NVIDIA)";
    snapshot.streams[2].passes = true;
    snapshot.outputs.push_back({});
    snapshot.outputs.back().securePort = 8322;
    snapshot.outputs.back().fingerprint = "AB:CD";
    snapshot.notices.push_back({});
    const std::string line = cli::toJson(snapshot);
    EXPECT_EQ(std::string::npos, line.find('\n'));
    const auto json = nlohmann::json::parse(line);
    EXPECT_DOUBLE_EQ(1.5, json["viewers"][0]["jitterMs"]);
    EXPECT_TRUE(json["viewers"][0]["rttMs"].is_null());
    EXPECT_EQ("Calling rtsp://…@cam/x.", json["sources"][0]["story"][0]);
    EXPECT_TRUE(json["streams"][0]["encoder"].is_null());
    EXPECT_EQ("NVENC (NVIDIA)", json["streams"][1]["encoder"]);
    EXPECT_EQ("passed through", json["streams"][2]["encoder"]);
    EXPECT_EQ(8322, json["outputs"][0]["securePort"]);
    EXPECT_EQ("AB:CD", json["outputs"][0]["fingerprint"]);
    EXPECT_TRUE(json["outputs"][0]["secureHealth"].is_null());
    for (const char *key : {"sources", "streams", "outputs", "viewers", "devices", "notices"})
        EXPECT_TRUE(json.contains(key)) << key;
}
