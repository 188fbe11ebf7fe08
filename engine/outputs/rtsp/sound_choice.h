// "?audio=opus" behind a stream's address: which coding of the sound a viewer gets.
// Thread: the loop (pure functions).
#pragma once

#include "outputs/rtsp/mount.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph::rtsp {

// Lower case; "" when the URL asks for none in particular.
std::string askedSound(std::string_view url);

// As they are asked for: "aac", "opus", "pcmu", "pcma".
std::vector<std::string> soundNames(const Mount &mount);

// What is to be described to who asked so: the pictures, and one sound. Nothing: it has no such
// sound.
std::optional<Stream::Tracks> chooseTracks(const Mount &mount, const std::string &asked);

} // namespace heliograph::rtsp
