// What the engine refuses while the command line sets it up.
#include "cli/set_up.h"

#include <engine/sentences.h>

#include <gtest/gtest.h>

using namespace heliograph;
using namespace heliograph::cli;

namespace {

std::string complaintOf(const Options &options)
{
    StudioOptions quiet;
    quiet.discoverDevices = false;
    const auto studio = Studio::create(std::move(quiet));
    const auto done = setUp(*studio.value(), options);
    return done ? "" : sentence(done.error());
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
