#include "wire/rtsp/transport.h"

#include "engine/wire/cases/transport_cases.h"

#include <gtest/gtest.h>

namespace heliograph::rtsp {

TEST(RtspTransport, R15_R18_R19_ReadsEveryCase)
{
    for (const test::TransportCase &item : test::transportCases()) {
        SCOPED_TRACE(item.name);
        const auto transports = parseTransports(item.header);
        ASSERT_EQ(transports.has_value(), !item.transports.empty());
        EXPECT_EQ(transports.value_or(std::vector<Transport>()), item.transports);
    }
}

TEST(RtspTransport, R17_WritesAndReadsBack)
{
    for (const test::TransportCase &item : test::transportCases()) {
        SCOPED_TRACE(item.name);
        if (item.transports.empty())
            continue;
        EXPECT_EQ(writeTransport(item.transports[0]), item.written);
        for (const Transport &transport : item.transports) {
            const auto again = parseTransports(writeTransport(transport));
            ASSERT_TRUE(again);
            EXPECT_EQ(*again, std::vector{transport});
        }
    }
}

TEST(RtspTransport, R17_SsrcHasEightDigits)
{
    Transport transport;
    transport.ssrc = 0;
    EXPECT_EQ(writeTransport(transport), "RTP/AVP;unicast;ssrc=00000000");
    transport.ssrc = 0xffffffff;
    EXPECT_EQ(writeTransport(transport), "RTP/AVP;unicast;ssrc=FFFFFFFF");
}

TEST(RtspTransport, R15_ReadsSixteenSpecsAtMost)
{
    std::string header;
    for (int i = 1; i <= 20; ++i)
        header += "RTP/AVP;client_port=" + std::to_string(i) + ",";
    const auto transports = parseTransports(header);
    ASSERT_TRUE(transports);
    ASSERT_EQ(transports->size(), 16U);
    EXPECT_EQ(transports->back().clientPort, (PortPair{16, 17}));
}

} // namespace heliograph::rtsp
