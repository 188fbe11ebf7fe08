#include "sources/rtsp/handshake.h"

#include "gst/init.h"
#include "net/reach.h"
#include "wire/text.h"

#include <gst/rtsp/rtsp.h>
#include <spdlog/fmt/fmt.h>

namespace heliograph {

namespace {

using Fact = StoryLine::Fact;

constexpr gint64 patience = 5'000'000; // us, of each step
constexpr int mostTurns = 6; // answers, with redirections, a challenge and one whose nonce was old

struct Free {
    void operator()(GstRTSPUrl *url) const { gst_rtsp_url_free(url); }
    void operator()(GstRTSPConnection *connection) const { gst_rtsp_connection_free(connection); }
    void operator()(GstRTSPMessage *message) const { gst_rtsp_message_free(message); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

std::string_view valueOf(const GstRTSPAuthCredential &credential, std::string_view name)
{
    for (GstRTSPAuthParam **each = credential.params; each && *each; ++each)
        if ((*each)->value && wire::sameIgnoringCase((*each)->name, name))
            return (*each)->value;
    return {};
}

CameraLogin::Challenge readChallenge(const GstRTSPAuthCredential &credential)
{
    CameraLogin::Challenge challenge;
    challenge.digest = credential.scheme == GST_RTSP_AUTH_DIGEST;
    challenge.realm = valueOf(credential, "realm");
    challenge.nonce = valueOf(credential, "nonce");
    challenge.stale = wire::sameIgnoringCase(valueOf(credential, "stale"), "true");
    const std::string_view algorithm = valueOf(credential, "algorithm");
    if (wire::sameIgnoringCase(algorithm, "SHA-256"))
        challenge.algorithm = DigestAlgorithm::Sha256;
    else
        challenge.known = algorithm.empty() || wire::sameIgnoringCase(algorithm, "MD5");
    const std::string qops = wire::lowered(valueOf(credential, "qop"));
    challenge.qop = !qops.empty();
    for (std::string_view rest = qops; challenge.qop && !rest.empty();)
        if (wire::trimmed(wire::takeUntil(rest, ',')) == "auth")
            return challenge;
    challenge.known = challenge.known && !challenge.qop; // "auth-int" alone
    return challenge;
}

std::vector<CameraLogin::Challenge> challengesOf(GstRTSPMessage *answer)
{
    std::vector<CameraLogin::Challenge> challenges;
    GstRTSPAuthCredential **all =
        gst_rtsp_message_parse_auth_credentials(answer, GST_RTSP_HDR_WWW_AUTHENTICATE);
    for (GstRTSPAuthCredential **each = all; each && *each; ++each)
        if ((*each)->scheme == GST_RTSP_AUTH_DIGEST || (*each)->scheme == GST_RTSP_AUTH_BASIC)
            challenges.push_back(readChallenge(**each));
    gst_rtsp_auth_credentials_free(all);
    return challenges;
}

// Thread: the runner's, but for the stop. Owner: shakeHands().
class Talk {
public:
    Talk(const CameraAddress &address, CameraLogin &login, Doctor &doctor,
         const std::stop_token &stop)
        : m_address(address)
        , m_login(login)
        , m_doctor(doctor)
        , m_stop(stop)
        , m_place(fmt::format("{}:{}", address.host, address.port))
        , m_url(address.url)
    {
    }

    Result<CameraOffer> hold();

private:
    Result<> call();
    Result<Owned<GstRTSPMessage>> ask();
    Result<std::optional<CameraOffer>> judge(GstRTSPMessage &answer);
    Result<> answerChallenge(GstRTSPMessage &answer);
    Result<> redirect(GstRTSPMessage &answer);
    Result<CameraOffer> read(GstRTSPMessage &answer) const;
    tl::unexpected<Error> explain(GstRTSPResult result) const;

    const CameraAddress &m_address;
    CameraLogin &m_login;
    Doctor &m_doctor;
    const std::stop_token m_stop;
    const std::string m_place;
    std::string m_url;
    Owned<GstRTSPConnection> m_connection;
    bool m_isRefused = false; // our proof was
};

Result<CameraOffer> Talk::hold()
{
    auto called = call();
    for (int turn = 0; called && turn < mostTurns; ++turn) {
        const auto answer = ask();
        const bool hungUp = !answer && answer.error().code == ErrorCode::ConnectionLost && turn > 0;
        if (hungUp) // some do behind each answer
            called = call();
        else if (!answer)
            return tl::unexpected(answer.error());
        else if (auto offer = judge(**answer); !offer)
            return tl::unexpected(offer.error());
        else if (*offer)
            return **std::move(offer);
    }
    return called ? failure(ErrorCode::PipelineFailed, "the camera answers in a circle")
                  : tl::unexpected(called.error());
}

Result<> Talk::call()
{
    GstRTSPUrl *url = nullptr;
    if (gst_rtsp_url_parse(m_url.c_str(), &url) != GST_RTSP_OK)
        return failure(ErrorCode::InvalidArgument, "the address cannot be read");
    const Owned<GstRTSPUrl> owned(url);
    GstRTSPConnection *connection = nullptr;
    if (const auto made = gst_rtsp_connection_create(url, &connection); made != GST_RTSP_OK)
        return explain(made);
    m_connection.reset(connection);
    if (m_address.secure) // cameras sign their own certificates
        gst_rtsp_connection_set_tls_validation_flags(connection, G_TLS_CERTIFICATE_NO_FLAGS);
    const auto cut = [connection] { gst_rtsp_connection_flush(connection, TRUE); };
    const std::stop_callback<decltype(cut)> callback(m_stop, cut);
    const auto connected = gst_rtsp_connection_connect_usec(connection, patience);
    if (connected == GST_RTSP_OK)
        return {};
    if (auto reached = net::reach(m_address.host, m_address.port, std::chrono::seconds(5), m_stop);
        !reached)
        return reached;
    return explain(connected); // it is there, but its TLS is not
}

Result<Owned<GstRTSPMessage>> Talk::ask()
{
    const auto cut = [this] { gst_rtsp_connection_flush(m_connection.get(), TRUE); };
    const std::stop_callback<decltype(cut)> callback(m_stop, cut);
    GstRTSPMessage *message = nullptr;
    gst_rtsp_message_new_request(&message, GST_RTSP_DESCRIBE, m_url.c_str());
    const Owned<GstRTSPMessage> request(message);
    gst_rtsp_message_add_header(message, GST_RTSP_HDR_ACCEPT, "application/sdp");
    gst_rtsp_message_add_header(message, GST_RTSP_HDR_USER_AGENT, "Heliograph");
    if (m_login.isChosen())
        gst_rtsp_message_add_header(message, GST_RTSP_HDR_AUTHORIZATION,
                                    m_login.authorize("DESCRIBE", m_url).c_str());
    auto result = gst_rtsp_connection_send_usec(m_connection.get(), message, patience);
    gst_rtsp_message_new(&message);
    Owned<GstRTSPMessage> answer(message);
    if (result == GST_RTSP_OK)
        result = gst_rtsp_connection_receive_usec(m_connection.get(), message, patience);
    if (result != GST_RTSP_OK)
        return explain(result);
    return answer;
}

// Nothing: it must be asked again.
Result<std::optional<CameraOffer>> Talk::judge(GstRTSPMessage &answer)
{
    const auto again = [](const Result<> &done) -> Result<std::optional<CameraOffer>> {
        return done ? Result<std::optional<CameraOffer>>(std::nullopt)
                    : tl::unexpected(done.error());
    };
    if (gst_rtsp_message_get_type(&answer) != GST_RTSP_MESSAGE_RESPONSE)
        return std::nullopt; // a request of its own
    const int status = answer.type_data.response.code;
    if (status == GST_RTSP_STS_UNAUTHORIZED)
        return again(answerChallenge(answer));
    if (status >= 300 && status < 400)
        return again(redirect(answer));
    if (status == GST_RTSP_STS_FORBIDDEN)
        return failure(ErrorCode::LoginRefused, m_place);
    if (status == GST_RTSP_STS_NOT_FOUND || status == GST_RTSP_STS_SESSION_NOT_FOUND
        || status == GST_RTSP_STS_GONE)
        return failure(ErrorCode::StreamUnknown, m_url);
    if (status != GST_RTSP_STS_OK)
        return failure(
            ErrorCode::PipelineFailed,
            fmt::format("the camera answers {} {}", status, answer.type_data.response.reason));
    auto offer = read(answer);
    if (!offer)
        return tl::unexpected(offer.error());
    if (m_login.isChosen())
        m_doctor.tell(Fact::LoggedIn, m_login.user());
    return *std::move(offer);
}

Result<> Talk::answerChallenge(GstRTSPMessage &answer)
{
    const auto challenges = challengesOf(&answer);
    const bool wasChosen = m_login.isChosen();
    if (!m_login.choose(challenges))
        return failure(ErrorCode::Unsupported, "the camera asks for a login of an unknown kind");
    const CameraLogin::Challenge &chosen = m_login.challenge();
    if (!wasChosen)
        m_doctor.tell(Fact::AskedForLogin, chosen.name(), chosen.realm);
    const bool isOld = wasChosen && chosen.stale && !m_isRefused;
    m_isRefused = wasChosen;
    if (!m_address.hasLogin() || (wasChosen && !isOld))
        return failure(ErrorCode::LoginRefused, m_place);
    return {};
}

// The login goes nowhere else than where it was meant for.
Result<> Talk::redirect(GstRTSPMessage &answer)
{
    gchar *location = nullptr;
    if (gst_rtsp_message_get_header(&answer, GST_RTSP_HDR_LOCATION, &location, 0) != GST_RTSP_OK)
        return failure(ErrorCode::PipelineFailed, "the camera sends us nowhere");
    const auto next = parseCameraAddress(location);
    if (!next || next->host != m_address.host || next->port != m_address.port
        || next->secure != m_address.secure)
        return failure(ErrorCode::Unsupported,
                       "the camera sends us to another address, which is to be used instead: "
                           + maskCredentials(location));
    m_url = next->url;
    return {};
}

Result<CameraOffer> Talk::read(GstRTSPMessage &answer) const
{
    guint8 *body = nullptr;
    guint size = 0;
    gst_rtsp_message_get_body(&answer, &body, &size);
    auto session = sdp::parse({reinterpret_cast<const char *>(body), size});
    if (!session)
        return within("read what the camera offers", session.error());
    return CameraOffer{*std::move(session), m_url};
}

tl::unexpected<Error> Talk::explain(GstRTSPResult result) const
{
    if (m_stop.stop_requested())
        return failure(ErrorCode::Cancelled);
    if (result == GST_RTSP_ETIMEOUT)
        return failure(ErrorCode::Timeout, m_place);
    if (result == GST_RTSP_EPARSE)
        return failure(ErrorCode::Malformed, m_place);
    return failure(ErrorCode::ConnectionLost, m_place);
}

} // namespace

Result<CameraOffer> shakeHands(const CameraAddress &address, CameraLogin &login, Doctor &doctor,
                               const std::stop_token &stop)
{
    gst::ensureInitialized();
    doctor.tell(Fact::Calling, address.url);
    auto offer = Talk(address, login, doctor, stop).hold();
    if (!offer && offer.error().code != ErrorCode::Cancelled)
        doctor.tellEnd(Fact::NotReached, offer.error());
    return offer;
}

} // namespace heliograph
