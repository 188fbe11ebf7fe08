// Commands at standard input while it serves, a line each: "pause MOUNT", "play MOUNT",
// "seek MOUNT SECONDS". What cannot be done is told on standard error.
// Thread: main.
#pragma once

#include <engine/studio.h>

#include <string>

namespace heliograph::cli {

class Remote {
public:
    // What has come by now; does not wait for more.
    void obey(Studio &studio);

private:
    std::string m_text; // the beginning of a line
    bool m_ended = false;
};

// Errors: InvalidArgument.
struct RemoteCommand {
    std::string mount;
    PlaybackCommand playback;
};
Result<RemoteCommand> parseRemoteCommand(const std::string &line);

} // namespace heliograph::cli
