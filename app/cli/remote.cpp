#include "cli/remote.h"

#include <engine/await.h>
#include <engine/sentences.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <poll.h>
#include <sstream>
#include <unistd.h>

namespace heliograph::cli {

namespace {

constexpr std::size_t longestLine = 4096;
constexpr double longestSeek = 1e6; // seconds

// Nothing has come, or there is no more to come.
bool isSilent()
{
    pollfd input{STDIN_FILENO, POLLIN, 0};
    return ::poll(&input, 1, 0) <= 0;
}

Result<> carryOut(Studio &studio, const std::string &line)
{
    const auto command = parseRemoteCommand(line);
    if (!command)
        return tl::unexpected(command.error());
    const auto snapshot = studio.snapshot();
    const auto source = std::ranges::find_if(snapshot->sources, [&](const SourceSnapshot &each) {
        return each.publish.mount == command->mount;
    });
    if (source == snapshot->sources.end())
        return failure(ErrorCode::NotFound, command->mount);
    return await(
        [&](Reply<> reply) { studio.control(source->id, command->playback, std::move(reply)); });
}

} // namespace

Result<RemoteCommand> parseRemoteCommand(const std::string &line)
{
    std::istringstream words(line);
    std::string verb;
    RemoteCommand command;
    words >> verb >> command.mount;
    bool isGood = bool(words) && (verb == "pause" || verb == "play");
    double seconds = 0;
    if (verb == "seek" && words >> seconds && seconds >= 0 && seconds <= longestSeek)
        command.playback.position = std::chrono::milliseconds(std::llround(seconds * 1000));
    else if (isGood)
        command.playback.paused = verb == "pause";
    isGood = isGood || command.playback.position;
    std::string more;
    if (!isGood || words >> more)
        return failure(ErrorCode::InvalidArgument,
                       "A command is one of: pause MOUNT, play MOUNT, seek MOUNT SECONDS.");
    return command;
}

void Remote::obey(Studio &studio)
{
    while (!m_ended && !isSilent()) {
        char bytes[512];
        const ssize_t count = ::read(STDIN_FILENO, bytes, sizeof bytes);
        m_ended = count <= 0;
        m_text.append(bytes, std::size_t(std::max<ssize_t>(count, 0)));
        for (auto end = m_text.find('\n'); end != std::string::npos; end = m_text.find('\n')) {
            if (const auto done = carryOut(studio, m_text.substr(0, end)); !done)
                std::cerr << sentence(done.error()) << std::endl;
            m_text.erase(0, end + 1);
        }
        if (m_text.size() > longestLine)
            m_text.clear();
    }
}

} // namespace heliograph::cli
