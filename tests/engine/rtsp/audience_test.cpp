// Who can reach a mount, and under which address.
#include "support/rtsp_player.h"
#include "support/test_studio.h"

#include <gtest/gtest.h>

using namespace heliograph;

namespace {

std::string address(const Snapshot &snapshot)
{
    return snapshot.outputs.at(0).address;
}

} // namespace

TEST(Audience, ThisComputerListensOnLoopbackOnly)
{
    test::TestStudio studio;
    studio.addPattern("cam");
    const auto snapshot = studio.freshSnapshot();
    EXPECT_TRUE(address(*snapshot).starts_with("127.0.0.1:"));
    EXPECT_EQ(std::vector{studio.url("cam")}, snapshot->streams.at(0).urls);
}

TEST(Audience, MyNetworkListensEverywhereAndNamesRealAddresses)
{
    test::TestStudio studio;
    const SourceId id = studio.addPattern("cam");
    const std::uint16_t port = studio.port();
    ASSERT_TRUE(studio.tryPublish(id, {"cam", Audience::MyNetwork}));
    const auto snapshot =
        studio.waitFor([](const Snapshot &s) { return address(s).starts_with("0.0.0.0:"); });
    EXPECT_EQ(port, snapshot->outputs[0].port); // moving the address keeps the port
    ASSERT_FALSE(snapshot->streams.at(0).urls.empty());
    for (const std::string &url : snapshot->streams[0].urls)
        EXPECT_EQ(std::string::npos, url.find("0.0.0.0")) << url;
}

TEST(Audience, AMountNameCanBeTakenOnlyOnce)
{
    test::TestStudio studio;
    studio.addPattern("cam");
    const SourceId other = studio.addPattern("other");
    const auto refused = studio.tryPublish(other, {"cam", Audience::ThisComputer});
    ASSERT_FALSE(refused);
    EXPECT_EQ(ErrorCode::AlreadyExists, refused.error().code);
    EXPECT_EQ(ErrorCode::InvalidArgument,
              studio.tryPublish(other, {"a b", Audience::ThisComputer}).error().code);
}

TEST(Audience, ATakenPortNamesItsHolder)
{
    test::TestStudio first;
    std::string what;
    try {
        const test::TestStudio second({{"port", std::int64_t(first.port())}});
    } catch (const std::exception &problem) {
        what = problem.what();
    }
    EXPECT_NE(std::string::npos, what.find("rtsp_server_tes")) << what; // this very process
}

TEST(Audience, AServerWithoutAPortTriesAgainUntilItIsFree)
{
    auto first = std::make_unique<test::TestStudio>();
    const std::uint16_t port = first->port();
    test::TestStudio second;
    second->configureOutput({"rtsp", {{"port", std::int64_t(port)}}}, nullptr);
    const auto failed = second.waitFor(
        [](const Snapshot &s) { return s.outputs.at(0).health.state == HealthState::Retrying; });
    EXPECT_EQ(ErrorCode::PortInUse, failed->outputs[0].health.error->code);
    first.reset();
    const auto well = second.waitFor(
        [](const Snapshot &s) { return s.outputs.at(0).health.state == HealthState::Ok; });
    EXPECT_EQ(port, well->outputs[0].port);
    EXPECT_EQ(Notice::Event::OutputRecovered, well->notices.back().event);
}
