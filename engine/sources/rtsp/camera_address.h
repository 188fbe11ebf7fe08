// Where a camera is and who we are to it: the URL and the login as people type them, apart.
// Thread: any (pure functions).
#pragma once

#include "engine/error.h"
#include "engine/settings.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace heliograph {

struct CameraAddress {
    std::string url; // without a login: may be shown, but for its query
    std::string host; // IPv6 without brackets
    std::uint16_t port = 554;
    bool secure = false; // rtsps
    std::string user;
    Secret password;

    bool hasLogin() const { return !user.empty() || !password.empty(); }
};

// "rtsp://host/path", rtsps, or without a scheme; with "user:password@" or not, percent-encoded or
// as it is, where a slash in the password leaves no doubt. Errors: InvalidArgument, whose detail
// does not repeat the text.
Result<CameraAddress> parseCameraAddress(std::string_view url);

// What the settings say: the fields of the login win over that of the URL.
Result<CameraAddress> cameraAddress(const Settings &settings);

// Moves the login of the URL into the fields of their own, or drops it where they are filled in.
void separateLogin(Settings &settings);

} // namespace heliograph
