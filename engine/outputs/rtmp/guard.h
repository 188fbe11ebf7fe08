// Who may watch a mount that needs a password. RTMP has no way to prove one of its own that all
// players share: it comes in the address, "?user=NAME&pass=PASSWORD".
// Thread: the loop. Owner: the server.
#pragma once

#include "stream/output.h"
#include "wire/rtmp/path.h"

#include <optional>
#include <string>

namespace heliograph::rtmp {

class Connection;
class Mount;

class Guard {
public:
    explicit Guard(const EngineContext &context)
        : m_context(context)
    {
    }

    struct Verdict {
        std::string user; // who it is; empty where nobody is asked
        std::optional<std::string> refusal; // a sentence
        Timestamp delay{0}; // what the refusal has to wait
    };
    Verdict judge(const Connection &connection, const Query &query, const Mount &mount);

    // Somebody tried a stream key that is none. Returns what the refusal has to wait.
    Timestamp noteWrongKey(const Connection &connection);

private:
    Timestamp noteGuess(const Connection &connection, Notice::Event event,
                        const std::string &mount);

    const EngineContext &m_context;
};

} // namespace heliograph::rtmp
