// What a client offers to prove who it is, as values (RFC 7616, RFC 7617), and the proof's check.
// Thread: any (values, pure functions).
#pragma once

#include "engine/secret.h"

#include <string>
#include <string_view>
#include <variant>

namespace heliograph {

enum class DigestAlgorithm { Md5, Sha256 };

struct BasicCredentials {
    std::string user;
    Secret password;
    bool operator==(const BasicCredentials &) const = default;
};

struct DigestProof {
    std::string user;
    std::string realm;
    std::string nonce; // ours
    std::string uri; // as the client wrote it: absolute or a path, with or without the query
    std::string response; // hexadecimal
    DigestAlgorithm algorithm = DigestAlgorithm::Md5;
    std::string qop; // empty, or "auth"
    std::string nonceCount; // with qop
    std::string clientNonce; // with qop
    bool operator==(const DigestProof &) const = default;
};

using Credentials = std::variant<BasicCredentials, DigestProof>;

// Whether the client knows the password. The nonce, realm and uri are the caller's to judge.
bool proves(const BasicCredentials &credentials, const Secret &password);
bool proves(const DigestProof &proof, const Secret &password, std::string_view method);

// The response that a client sends (RFC 7616 section 3.4.1).
std::string digestResponse(const DigestProof &proof, const Secret &password,
                           std::string_view method);

} // namespace heliograph
