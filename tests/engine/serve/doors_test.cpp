// Ports, addresses and words of a protocol.
#include "bare_context.h"
#include "net/tcp_connection.h"
#include "serve/audience.h"
#include "serve/doors.h"

#include <gtest/gtest.h>

using namespace heliograph;

namespace {

constexpr serve::Protocols protocols = {{"NONE", "none", 1234}, {"NONES", "nones", 1235}};

Settings settingsWith(Settings settings)
{
    SettingsSchema schema = serve::Doors::schema(protocols);
    for (SettingField &field : serve::SecureDoor::schema(protocols))
        schema.push_back(std::move(field));
    return completeSettings(schema, settings).value();
}

class DoorsTest : public testing::Test {
protected:
    test::BareContext m_bare;
    serve::Doors m_doors{m_bare.context, protocols, {[](auto) {}, [](auto) {}}};
};

} // namespace

TEST_F(DoorsTest, SettingsHaveTheProtocolsOwnPortsAndName)
{
    const Settings settings = settingsWith({});
    EXPECT_EQ(1234, integerOf(settings, "port"));
    EXPECT_EQ(1235, integerOf(settings, "tls_port"));
    EXPECT_EQ("Also serve NONES", serve::SecureDoor::schema(protocols).at(0).title);
}

TEST_F(DoorsTest, UrlsHaveItsSchemeAndARealAddress)
{
    ASSERT_TRUE(m_doors.configure(settingsWith({{"port", std::int64_t(0)}}), {}));
    OutputSnapshot output;
    m_doors.describeInto(output);
    EXPECT_EQ(std::vector{"none://127.0.0.1:" + std::to_string(output.port) + "/cam"},
              m_doors.urls("cam", Audience::ThisComputer));
    m_doors.follow({Audience::ThisComputer, Audience::MyNetwork});
    m_doors.describeInto(output);
    EXPECT_EQ("0.0.0.0:" + std::to_string(output.port), output.address);
    for (const std::string &url : m_doors.urls("cam", Audience::MyNetwork))
        EXPECT_EQ(std::string::npos, url.find("0.0.0.0")) << url;
}

TEST_F(DoorsTest, ASharedPortIsToldByBothNamesAndLeavesThePlainOneOpen)
{
    ASSERT_TRUE(m_doors.configure(settingsWith({{"port", std::int64_t(0)}}), {}));
    OutputSnapshot output;
    m_doors.describeInto(output);
    const auto port = std::int64_t(output.port);
    const auto both =
        m_doors.configure(settingsWith({{"port", port}, {"tls", true}, {"tls_port", port}}), {});
    ASSERT_FALSE(both);
    EXPECT_EQ("NONE and NONES need a port each", both.error().detail);
    EXPECT_EQ("NONES", m_bare.notices.all().back().subject);
    m_doors.describeInto(output);
    EXPECT_EQ(HealthState::Ok, output.health.state);
}

// RTMP that is switched off: neither port comes back by itself.
TEST_F(DoorsTest, ClosedDoorsStayClosed)
{
    ASSERT_FALSE(m_doors.configure(
        settingsWith({{"port", std::int64_t(1)}, {"tls", true}, {"tls_port", std::int64_t(1)}}),
        {}));
    m_doors.close();
    const std::size_t notices = m_bare.notices.all().size();
    m_bare.clock.advance(std::chrono::minutes(1));
    m_doors.tryAgain();
    OutputSnapshot output;
    m_doors.describeInto(output);
    EXPECT_FALSE(output.secureHealth);
    EXPECT_EQ(0, output.port);
    EXPECT_EQ(notices, m_bare.notices.all().size());
}

TEST_F(DoorsTest, AnAddressThatIsNoneIsRefused)
{
    EXPECT_FALSE(serve::Doors::check(settingsWith({{"address", std::string("nowhere")}})));
    EXPECT_TRUE(serve::Doors::check(settingsWith({{"address", std::string("::1")}})));
}

TEST(Audience, OnlyThisComputerKnowsWhatIsForIt)
{
    const auto here = net::Address::parse("192.0.2.1").value();
    const auto elsewhere = net::Address::parse("192.0.2.9").value();
    EXPECT_TRUE(serve::mayKnow(Audience::ThisComputer, net::Address::loopbackV4(), here));
    EXPECT_TRUE(serve::mayKnow(Audience::ThisComputer, here, here));
    EXPECT_FALSE(serve::mayKnow(Audience::ThisComputer, elsewhere, here));
    EXPECT_TRUE(serve::mayKnow(Audience::MyNetwork, elsewhere, here));
}
