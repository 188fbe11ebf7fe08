// A studio that the tests of one suite share: to start one takes longer than most of them.
#pragma once

#include "support/test_studio.h"
#include "wire/rtsp/message.h"

#include <gtest/gtest.h>

namespace heliograph::test {

// A suite publishes what it needs in its own SetUpTestSuite(), after this one's.
class SharedStudio : public testing::Test {
protected:
    static void SetUpTestSuite() { s_studio = new TestStudio; }
    static void TearDownTestSuite() { delete std::exchange(s_studio, nullptr); }

    static std::string url(const std::string &mount = "cam") { return s_studio->url(mount); }

    static inline TestStudio *s_studio = nullptr;
};

// Of a response; empty when it has none.
inline std::string field(const rtsp::Response &response, const char *name)
{
    return std::string(response.headers.find(name).value_or(""));
}

} // namespace heliograph::test
