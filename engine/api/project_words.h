// The words of the project file for what is chosen out of a few.
// Thread: any (constants).
#pragma once

#include "engine/project.h"

#include <array>
#include <string_view>

namespace heliograph {

inline constexpr std::int64_t projectVersion = 1;

struct AudienceName {
    Audience audience;
    std::string_view name;
};
inline constexpr std::array<AudienceName, 3> audienceNames = {{
    {Audience::ThisComputer, "this-computer"},
    {Audience::MyNetwork, "my-network"},
    {Audience::MyNetworkWithPassword, "my-network-with-password"},
}};

inline std::string_view nameOf(Audience audience)
{
    return audienceNames[std::size_t(audience)].name;
}

inline constexpr std::array<std::string_view, 4> whileLostNames = {"name", "last-picture", "image",
                                                                   "nothing"};

} // namespace heliograph
