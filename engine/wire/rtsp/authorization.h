// The Authorization and WWW-Authenticate headers (RFC 2326 section 12.5, RFC 7616, RFC 7617).
// Thread: any (pure functions).
#pragma once

#include "access/credentials.h"
#include "engine/error.h"

#include <string>
#include <string_view>

namespace heliograph::rtsp {

// Parameters in any order, quoted or not, quotes escaped with a backslash; unknown ones are
// skipped; a repeated one counts once, the first.
// Errors: Malformed (not Basic or Digest, or what a proof needs is missing), Unsupported
// (another algorithm or qop).
Result<Credentials> parseAuthorization(std::string_view header);

// For a client that proves itself: tests and cameras.
std::string writeAuthorization(const DigestProof &proof);
std::string writeAuthorization(const BasicCredentials &credentials);

struct Challenge {
    std::string realm;
    std::string nonce;
    bool stale = false; // the proof was right, the nonce too old
};
std::string writeDigestChallenge(const Challenge &challenge, DigestAlgorithm algorithm);
std::string writeBasicChallenge(std::string_view realm);

} // namespace heliograph::rtsp
