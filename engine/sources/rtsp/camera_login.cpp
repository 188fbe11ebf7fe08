#include "sources/rtsp/camera_login.h"

#include "wire/rtsp/authorization.h"

#include <algorithm>
#include <spdlog/fmt/fmt.h>

namespace heliograph {

namespace {

int strengthOf(const CameraLogin::Challenge &challenge)
{
    if (!challenge.known)
        return 0;
    if (!challenge.digest)
        return 1;
    return challenge.algorithm == DigestAlgorithm::Sha256 ? 3 : 2;
}

} // namespace

std::string CameraLogin::Challenge::name() const
{
    if (!digest)
        return "Basic";
    return algorithm == DigestAlgorithm::Sha256 ? "Digest (SHA-256)" : "Digest (MD5)";
}

bool CameraLogin::choose(std::span<const Challenge> challenges)
{
    const auto best = std::ranges::max_element(challenges, {}, strengthOf);
    if (best == challenges.end() || strengthOf(*best) == 0)
        return false;
    m_isChosen.exchange(false); // takes it over from rtspsrc's thread
    m_challenge = *best;
    m_count = 0;
    m_isChosen = true;
    return true;
}

bool CameraLogin::isPlain() const
{
    return isNearlyPlain() && !m_challenge.qop;
}

bool CameraLogin::isNearlyPlain() const
{
    if (!m_challenge.digest)
        return true;
    const std::string quoted = m_user + m_challenge.realm;
    return m_challenge.algorithm == DigestAlgorithm::Md5
        && quoted.find_first_of("\"\\") == std::string::npos;
}

std::string CameraLogin::authorize(const std::string &method, const std::string &uri)
{
    if (!m_isChosen)
        return {};
    if (!m_challenge.digest)
        return rtsp::writeAuthorization(BasicCredentials{m_user, m_password});
    DigestProof proof;
    proof.user = m_user;
    proof.realm = m_challenge.realm;
    proof.nonce = m_challenge.nonce;
    proof.uri = uri;
    proof.algorithm = m_challenge.algorithm;
    if (m_challenge.qop) {
        proof.qop = "auth";
        proof.nonceCount = fmt::format("{:08x}", ++m_count);
        proof.clientNonce = fmt::format("{:016x}", m_random.next64());
    }
    proof.response = digestResponse(proof, m_password, method);
    m_isChosen = true; // and gives it back
    return rtsp::writeAuthorization(proof);
}

} // namespace heliograph
