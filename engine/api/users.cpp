#include "engine/project.h"

#include <algorithm>
#include <array>
#include <random>

namespace heliograph {

namespace {

constexpr std::size_t longestName = 64;
constexpr int words = 3; // of 16 bits each

// Sixteen bits as two syllables and a half that can be said aloud: "lusab" (arXiv 0901.4016).
std::string pronounceable(std::uint16_t bits)
{
    constexpr std::string_view consonants = "bdfghjklmnprstvz";
    constexpr std::string_view vowels = "aiou";
    return {consonants[bits >> 12 & 0xf], vowels[bits >> 10 & 0x3], consonants[bits >> 6 & 0xf],
            vowels[bits >> 4 & 0x3], consonants[bits & 0xf]};
}

bool isNameCharacter(char c)
{
    return static_cast<unsigned char>(c) >= 0x20 && c != 0x7f && c != ':' && c != '"';
}

} // namespace

Secret makePassword()
{
    std::random_device random; // getrandom
    std::string password;
    for (int i = 0; i < words; ++i)
        password += (i == 0 ? "" : "-") + pronounceable(std::uint16_t(random()));
    return Secret(std::move(password));
}

User makeViewer()
{
    return {"viewer", makePassword(), {}};
}

Result<> checkUser(const User &user)
{
    const std::string &name = user.name;
    if (name.empty() || name.size() > longestName
        || !std::all_of(name.begin(), name.end(), isNameCharacter))
        return failure(ErrorCode::InvalidArgument,
                       "a user's name has 1 to 64 characters, none of them : or \"");
    if (user.password.empty())
        return failure(ErrorCode::InvalidArgument, "the user " + name + " needs a password");
    return {};
}

} // namespace heliograph
