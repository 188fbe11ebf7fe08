// Who may use a mount: the credentials of every request, the answer to wrong ones, and how long
// that answer takes.
// Thread: the loop. Owner: the server.
#pragma once

#include "access/nonces.h"
#include "stream/output.h"
#include "wire/rtsp/message.h"

#include <optional>
#include <string>

namespace heliograph::rtsp {

class Connection;
class Mount;

class Guard {
public:
    explicit Guard(const EngineContext &context);

    // Basic sends the password itself: over TLS, or when the person asked for it.
    void allowBasic(bool allowed) { m_basic = allowed; }

    struct Verdict {
        std::string user; // who it is; empty where nobody is asked
        std::optional<Response> refusal; // 401 or 403
        Timestamp delay{0}; // what the refusal has to wait
    };
    Verdict judge(const Connection &connection, const Request &request, const Mount &mount);

private:
    Response challenge(const Connection &connection, bool stale) const;
    Verdict refuseGuess(const Connection &connection, const Mount &mount);

    const EngineContext &m_context;
    Nonces m_nonces;
    bool m_basic = false;
};

} // namespace heliograph::rtsp
