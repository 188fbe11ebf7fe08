#include "outputs/rtmp/guard.h"

#include "access/credentials.h"
#include "outputs/rtmp/connection.h"
#include "outputs/rtmp/mount.h"
#include "serve/audience.h"

namespace heliograph::rtmp {

Guard::Verdict Guard::judge(const Connection &connection, const Query &query, const Mount &mount)
{
    if (mount.audience() != Audience::MyNetworkWithPassword)
        return {};
    const BasicCredentials credentials{std::string(valueOf(query, "user")),
                                       Secret(std::string(valueOf(query, "pass")))};
    if (credentials.user.empty())
        return {
            {}, "This stream needs a password: add ?user=NAME&pass=PASSWORD to its address", {}};
    const User *user = serve::findUser(mount.users(), credentials.user);
    // An unknown user takes as long as a known one.
    const bool known = proves(credentials, user ? user->password : Secret("nobody"));
    if (!user || !known)
        return {{},
                "This user or password is not known here",
                noteGuess(connection, Notice::Event::PasswordWrong, mount.stream().mount())};
    m_context.doorkeeper.noteSuccess(connection.network());
    if (!user->roles.watch)
        return {user->name, "This user may not watch this stream", {}};
    return {user->name, std::nullopt, {}};
}

Timestamp Guard::noteWrongKey(const Connection &connection)
{
    // The key is not told: it may be a true one, mistyped.
    return noteGuess(connection, Notice::Event::StreamKeyWrong, {});
}

Timestamp Guard::noteGuess(const Connection &connection, Notice::Event event,
                           const std::string &mount)
{
    const auto failure = m_context.doorkeeper.noteFailure(connection.network());
    m_context.notices.post(NoticeLevel::Warning,
                           failure.nowShutOut ? Notice::Event::AddressShutOut : event,
                           connection.peer().address.text(), mount);
    return failure.delay;
}

} // namespace heliograph::rtmp
