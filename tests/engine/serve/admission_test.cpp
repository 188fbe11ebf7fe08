// Who still finds a place.
#include "bare_context.h"
#include "serve/admission.h"

#include <gtest/gtest.h>

using namespace heliograph;
using serve::Admission;

namespace {

net::Address address(const char *text)
{
    return net::Address::parse(text).value();
}

class AdmissionTest : public testing::Test {
protected:
    AdmissionTest()
    {
        serve::Limits limits;
        limits.viewers = 3;
        limits.viewersPerMount = 2;
        limits.viewersPerAddress = 1;
        limits.strangers = 2;
        limits.strangersPerAddress = 1;
        m_admission.setLimits(limits);
    }

    Stream stream(const char *mount) { return {{mount, {}, {}, {}}, m_bare.clock}; }
    Admission::Place watch(const Stream &stream, const char *from)
    {
        return m_admission.placeForViewer(stream, address(from).networkText());
    }
    std::string refusal(const Stream &stream, const char *from)
    {
        return m_admission.refuseViewer(stream, {}, address(from)).value_or("welcome");
    }
    std::string refusal(const char *stranger)
    {
        return m_admission.refuseStranger({}, address(stranger)).value_or("welcome");
    }

    test::BareContext m_bare;
    std::shared_ptr<serve::Occupancy> m_occupancy = std::make_shared<serve::Occupancy>();
    Admission m_admission{m_bare.context, m_occupancy};
};

} // namespace

TEST_F(AdmissionTest, EveryLimitOfViewersHasItsSentenceAndANotice)
{
    const Stream one = stream("one");
    const Stream other = stream("other");
    const auto first = watch(one, "192.0.2.1");
    EXPECT_EQ("too many viewers at your address; close one of them first",
              refusal(other, "192.0.2.1"));
    EXPECT_EQ("welcome", refusal(one, "192.0.2.2"));
    const auto second = watch(one, "192.0.2.2");
    EXPECT_EQ("every place on this stream is taken; try again later", refusal(one, "192.0.2.3"));
    auto third = watch(other, "192.0.2.3");
    EXPECT_EQ("every place on this server is taken; try again later", refusal(other, "192.0.2.4"));
    third.reset();
    EXPECT_EQ("welcome", refusal(other, "192.0.2.3"));
    EXPECT_EQ(2, m_occupancy->viewers);
    ASSERT_EQ(3u, m_bare.notices.all().size());
    EXPECT_EQ(Notice::Event::ViewerRefused, m_bare.notices.all().back().event);
    EXPECT_EQ("192.0.2.4", m_bare.notices.all().back().subject);
    EXPECT_EQ("other", m_bare.notices.all().back().detail);
}

// Another protocol's viewers of a stream take its places, too.
TEST_F(AdmissionTest, AStreamsPlacesAreThoseOfAllItsServers)
{
    const Stream one = stream("one");
    Admission another(m_bare.context, std::make_shared<serve::Occupancy>());
    const auto first = another.placeForViewer(one, "192.0.2.8");
    const auto second = another.placeForViewer(one, "192.0.2.9");
    EXPECT_EQ("every place on this stream is taken; try again later", refusal(one, "192.0.2.1"));
}

TEST_F(AdmissionTest, StrangersAreCountedByAddressUntilTheyWatchOrGo)
{
    auto first = m_admission.placeForStranger("192.0.2.1");
    EXPECT_EQ("too many connections wait here; try again later", refusal("192.0.2.1"));
    EXPECT_EQ("welcome", refusal("192.0.2.2"));
    const auto second = m_admission.placeForStranger("192.0.2.2");
    EXPECT_EQ("too many connections wait here; try again later", refusal("192.0.2.3"));
    first.reset();
    EXPECT_EQ("welcome", refusal("192.0.2.3"));
    EXPECT_EQ(Notice::Event::StrangerRefused, m_bare.notices.all().back().event);
}

TEST_F(AdmissionTest, NobodyIsHeardWhoIsBannedOrPastTwiceThePlaces)
{
    EXPECT_TRUE(m_admission.isHeard("192.0.2.1", 6));
    EXPECT_FALSE(m_admission.isHeard("192.0.2.1", 7));
    m_bare.doorkeeper.setBanned("192.0.2.1", true);
    EXPECT_FALSE(m_admission.isHeard("192.0.2.1", 0));
}
