#include "outputs/rtsp/guard.h"

#include "outputs/rtsp/connection.h"
#include "outputs/rtsp/methods.h"
#include "outputs/rtsp/mount.h"
#include "serve/audience.h"
#include "wire/rtsp/authorization.h"
#include "wire/rtsp/url.h"

#include <algorithm>

namespace heliograph::rtsp {

namespace {

constexpr const char *realm = "Heliograph";

const std::string &userOf(const Credentials &credentials)
{
    return std::visit([](const auto &any) -> const std::string & { return any.user; }, credentials);
}

bool provesPassword(const Credentials &credentials, const Secret &password,
                    const std::string &method)
{
    if (const auto *proof = std::get_if<DigestProof>(&credentials))
        return proves(*proof, password, method);
    return proves(std::get<BasicCredentials>(credentials), password);
}

// Players write the stream's URL or the track's, whole or as a path, with or without its query:
// the mount is what counts.
bool speaksOf(const DigestProof &proof, const Mount &mount)
{
    const auto url = parseUrl(proof.uri);
    return url
        && (url->path == mount.stream().mount()
            || splitTrack(url->path).mount == mount.stream().mount());
}

} // namespace

Guard::Guard(const EngineContext &context)
    : m_context(context)
    , m_nonces(context.clock, context.random)
{
}

Guard::Verdict Guard::judge(const Connection &connection, const Request &request,
                            const Mount &mount)
{
    if (mount.audience() != Audience::MyNetworkWithPassword)
        return {};
    const auto header = request.headers.find("Authorization");
    const auto credentials =
        header ? parseAuthorization(*header) : Result<Credentials>(failure(ErrorCode::NotFound));
    const bool basic = credentials && std::holds_alternative<BasicCredentials>(*credentials);
    // Asking without a password is how every player begins: no failure.
    if (!credentials || (basic && !m_basic && !connection.isEncrypted()))
        return {{}, challenge(connection, false), {}};

    const auto *proof = std::get_if<DigestProof>(&*credentials);
    const NonceAge age =
        proof ? m_nonces.judge(proof->nonce, connection.network()) : NonceAge::Fresh;
    const User *user = serve::findUser(mount.users(), userOf(*credentials));
    // An unknown user takes as long as a known one.
    const bool known =
        provesPassword(*credentials, user ? user->password : Secret("nobody"), request.method);
    if (proof && age == NonceAge::Foreign) // a server that was restarted, another network
        return {{}, challenge(connection, true), {}};
    if (!user || !known || (proof && (proof->realm != realm || !speaksOf(*proof, mount))))
        return refuseGuess(connection, mount);
    if (age == NonceAge::Stale)
        return {{}, challenge(connection, true), {}};
    m_context.doorkeeper.noteSuccess(connection.network());
    if (!user->roles.watch)
        return {user->name, withReason(403, "This user may not watch this stream"), {}};
    return {user->name, std::nullopt, {}};
}

Guard::Verdict Guard::refuseGuess(const Connection &connection, const Mount &mount)
{
    const auto failure = m_context.doorkeeper.noteFailure(connection.network());
    m_context.notices.post(NoticeLevel::Warning,
                           failure.nowShutOut ? Notice::Event::AddressShutOut
                                              : Notice::Event::PasswordWrong,
                           connection.peer().address.text(), mount.stream().mount());
    return {{}, challenge(connection, false), failure.delay};
}

// The strongest first, and MD5 behind it: FFmpeg knows nothing else and takes the last.
Response Guard::challenge(const Connection &connection, bool stale) const
{
    const Challenge challenge{realm, m_nonces.issue(connection.network()), stale};
    Response response = withStatus(401);
    response.headers.add("WWW-Authenticate",
                         writeDigestChallenge(challenge, DigestAlgorithm::Sha256));
    response.headers.add("WWW-Authenticate", writeDigestChallenge(challenge, DigestAlgorithm::Md5));
    if (m_basic || connection.isEncrypted())
        response.headers.add("WWW-Authenticate", writeBasicChallenge(realm));
    return response;
}

} // namespace heliograph::rtsp
