// Where the sound goes that a person listens to: the computer's output, or a test's.
// Thread: the listening one. Owner: SoundPlayer.
#pragma once

#include <QString>
#include <functional>
#include <memory>
#include <span>
#include <tl/expected.hpp>

namespace heliograph::ui {

struct SoundShape {
    int sampleRate = 0; // Hz
    int channels = 0;
    bool operator==(const SoundShape &) const = default;
};

class SoundOutput {
public:
    virtual ~SoundOutput() = default;
    virtual std::size_t room() const = 0; // samples, of all channels, that it takes at once
    virtual void write(std::span<const float> samples) = 0; // no more than room()
    virtual bool isThirsty() const = 0; // it has nothing left to play
    virtual bool isWorking() const = 0; // false: it failed, or the system prefers another one now
};

// Errors: a sentence for the person.
using OpenOutput =
    std::function<tl::expected<std::unique_ptr<SoundOutput>, QString>(const SoundShape &)>;

} // namespace heliograph::ui
