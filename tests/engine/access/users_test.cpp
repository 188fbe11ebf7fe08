#include "core/digest.h"
#include "engine/project.h"

#include <gtest/gtest.h>
#include <regex>
#include <set>

namespace heliograph {

TEST(Users, AProposedPasswordCanBeSaidAloudAndNeverComesTwice)
{
    std::set<std::string> passwords;
    for (int i = 0; i < 1000; ++i) {
        const User viewer = makeViewer();
        EXPECT_TRUE(checkUser(viewer));
        EXPECT_TRUE(
            std::regex_match(viewer.password.reveal(),
                             std::regex("([b-z][aiou]){2}[b-z](-([b-z][aiou]){2}[b-z]){2}")))
            << viewer.password.reveal();
        passwords.insert(viewer.password.reveal());
    }
    EXPECT_EQ(1000u, passwords.size());
}

TEST(Users, NamesThatADigestCannotCarryAreRefused)
{
    const Secret password("x");
    for (const std::string &name : {std::string(), std::string("a:b"), std::string("a\"b"),
                                    std::string("a\nb"), std::string(65, 'a')})
        EXPECT_FALSE(checkUser({name, password, {}})) << name;
    EXPECT_TRUE(checkUser({"Zoë Smith", password, {}}));
    EXPECT_FALSE(checkUser({"nobody", Secret(), {}}));
}

TEST(Secrets, AreComparedWhole)
{
    EXPECT_TRUE(equalSecrets("abc", "abc"));
    EXPECT_TRUE(equalSecrets("", ""));
    EXPECT_FALSE(equalSecrets("abc", "abd"));
    EXPECT_FALSE(equalSecrets("abc", "ab"));
}

// RFC 4231 test case 2; RFC 1321 and FIPS 180 examples.
TEST(Secrets, HashesAreTheStandardOnes)
{
    EXPECT_EQ("900150983cd24fb0d6963f7d28e17f72", md5Hex("abc"));
    EXPECT_EQ("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", sha256Hex("abc"));
    EXPECT_EQ("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
              hmacSha256Hex("Jefe", "what do ya want for nothing?"));
}

} // namespace heliograph
