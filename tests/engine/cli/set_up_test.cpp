// What the engine refuses while the command line sets it up.
#include "cli/serve.h"

#include <gtest/gtest.h>

using namespace heliograph;
using namespace heliograph::cli;

namespace {

std::string complaintOf(const Options &options)
{
    testing::internal::CaptureStderr();
    EXPECT_EQ(1, serve(options));
    return testing::internal::GetCapturedStderr();
}

} // namespace

TEST(SetUp, WhatCannotBeUsedIsToldWithWhatItBelongsTo)
{
    Options options;
    options.project.sources = {{{"Bars", "pattern", {}}, {}, true}}; // without a mount
    EXPECT_NE(std::string::npos, complaintOf(options).find("Bars › a stream's name"));
    options.project.outputs = {{"rtsp", {{"address", std::string("foo")}}}};
    EXPECT_NE(std::string::npos, complaintOf(options).find("rtsp › foo is not an IP address"));
}
