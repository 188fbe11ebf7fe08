#include "access/credentials.h"

#include "core/digest.h"

#include <algorithm>

namespace heliograph {

namespace {

std::string hash(DigestAlgorithm algorithm, std::string_view text)
{
    return algorithm == DigestAlgorithm::Sha256 ? sha256Hex(text) : md5Hex(text);
}

std::string lowered(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'F' ? char(c - 'A' + 'a') : c; });
    return text;
}

} // namespace

bool proves(const BasicCredentials &credentials, const Secret &password)
{
    return !password.empty() && equalSecrets(credentials.password.reveal(), password.reveal());
}

bool proves(const DigestProof &proof, const Secret &password, std::string_view method)
{
    return !password.empty()
        && equalSecrets(lowered(proof.response), digestResponse(proof, password, method));
}

std::string digestResponse(const DigestProof &proof, const Secret &password,
                           std::string_view method)
{
    const std::string who =
        hash(proof.algorithm, proof.user + ":" + proof.realm + ":" + password.reveal());
    const std::string what = hash(proof.algorithm, std::string(method) + ":" + proof.uri);
    const std::string count = proof.qop.empty()
        ? std::string()
        : ":" + proof.nonceCount + ":" + proof.clientNonce + ":" + proof.qop;
    return hash(proof.algorithm, who + ":" + proof.nonce + count + ":" + what);
}

} // namespace heliograph
