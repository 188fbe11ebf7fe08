// Proves to a camera that we know its password: Digest with MD5 or SHA-256, with qop or without
// (RFC 7616, RFC 2069), or Basic.
// Thread: one at a time: choose() and authorize() hand it over. Owner: shared by the handshake and,
// after it, the pipeline.
#pragma once

#include "access/credentials.h"
#include "core/random.h"
#include "sources/rtsp/camera_address.h"

#include <atomic>
#include <span>
#include <string>

namespace heliograph {

class CameraLogin {
public:
    // What a camera asks for, as its WWW-Authenticate headers tell.
    struct Challenge {
        bool digest = false; // else Basic
        DigestAlgorithm algorithm = DigestAlgorithm::Md5;
        bool known = true; // false: an algorithm or a qop that we do not have
        std::string realm;
        std::string nonce;
        bool qop = false; // it knows "auth"
        bool stale = false;

        std::string name() const; // "Digest (SHA-256)"
    };

    CameraLogin(std::string user, Secret password, Random &random)
        : m_user(std::move(user))
        , m_password(std::move(password))
        , m_random(random)
    {
    }

    // Takes the strongest; false: none that we have.
    bool choose(std::span<const Challenge> challenges);
    bool isChosen() const { return m_isChosen; }
    const Challenge &challenge() const { return m_challenge; }
    const std::string &user() const { return m_user; }

    // Whether rtspsrc can prove it, too: it knows Basic and MD5 without qop, and writes names as
    // they are. It does so with a nonce of its own connection, which some cameras insist on.
    bool isPlain() const;
    // Whether a camera might take its word although it asks for more: qop may be left out.
    bool isNearlyPlain() const;

    // The value of an Authorization header.
    std::string authorize(const std::string &method, const std::string &uri);

private:
    const std::string m_user;
    const Secret m_password;
    Random &m_random;
    Challenge m_challenge;
    std::atomic<bool> m_isChosen{false}; // whoever sees it sees the rest as it was left
    std::uint32_t m_count = 0; // of requests with this nonce
};

} // namespace heliograph
