#include "wire/rtsp/authorization.h"

#include "wire/base64.h"
#include "wire/text.h"

#include <map>
#include <optional>

namespace heliograph::rtsp {

namespace {

constexpr std::size_t longestHeader = 4096;

tl::unexpected<Error> broken(const char *what)
{
    return failure(ErrorCode::Malformed, std::string("read Authorization › ") + what);
}

//  "text with \" inside", or a token up to the next comma
std::optional<std::string> takeValue(std::string_view &rest)
{
    if (rest.substr(0, 1) != "\"")
        return std::string(wire::trimmed(wire::takeUntil(rest, ',')));
    std::string value;
    for (std::size_t i = 1; i < rest.size(); ++i) {
        if (rest[i] == '"') {
            rest.remove_prefix(i + 1);
            wire::takeUntil(rest, ',');
            return value;
        }
        if (rest[i] == '\\' && i + 1 < rest.size())
            ++i;
        value += rest[i];
    }
    return std::nullopt; // no closing quote
}

using Parameters = std::map<std::string, std::string, std::less<>>; // names in lower case

Result<Parameters> readParameters(std::string_view rest)
{
    Parameters parameters;
    while (!wire::trimmed(rest).empty()) {
        rest = wire::trimmed(rest);
        const std::string name = wire::lowered(wire::trimmed(wire::takeUntil(rest, '=')));
        rest = wire::trimmed(rest);
        auto value = takeValue(rest);
        if (!value || name.empty())
            return broken("parameters");
        parameters.emplace(name, *std::move(value));
    }
    return parameters;
}

Result<Credentials> readBasic(std::string_view text)
{
    const auto decoded = wire::fromBase64(wire::trimmed(text));
    if (!decoded)
        return broken("Basic");
    const std::string pair(decoded->begin(), decoded->end());
    const std::size_t colon = pair.find(':');
    if (colon == std::string::npos)
        return broken("Basic");
    return BasicCredentials{pair.substr(0, colon), Secret(pair.substr(colon + 1))};
}

Result<DigestAlgorithm> readAlgorithm(const std::string &text)
{
    if (text.empty() || wire::sameIgnoringCase(text, "MD5"))
        return DigestAlgorithm::Md5;
    if (wire::sameIgnoringCase(text, "SHA-256"))
        return DigestAlgorithm::Sha256;
    return failure(ErrorCode::Unsupported, "read Authorization › algorithm");
}

Result<Credentials> readDigest(std::string_view text)
{
    auto parameters = readParameters(text);
    if (!parameters)
        return tl::unexpected(parameters.error());
    Parameters &all = *parameters;
    const auto algorithm = readAlgorithm(all["algorithm"]);
    if (!algorithm)
        return tl::unexpected(algorithm.error());
    const DigestProof proof{all["username"], all["realm"],    all["nonce"],
                            all["uri"],      all["response"], *algorithm,
                            all["qop"],      all["nc"],       all["cnonce"]};
    if (proof.user.empty() || proof.nonce.empty() || proof.uri.empty() || proof.response.empty())
        return broken("Digest");
    if (!proof.qop.empty() && proof.qop != "auth")
        return failure(ErrorCode::Unsupported, "read Authorization › qop");
    return proof;
}

std::string quoted(std::string_view text)
{
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            result += '\\';
        result += c;
    }
    return result + '"';
}

std::string_view nameOf(DigestAlgorithm algorithm)
{
    return algorithm == DigestAlgorithm::Sha256 ? "SHA-256" : "MD5";
}

} // namespace

Result<Credentials> parseAuthorization(std::string_view header)
{
    if (header.size() > longestHeader)
        return failure(ErrorCode::TooLarge, "read Authorization");
    header = wire::trimmed(header);
    const std::string_view scheme = wire::takeUntil(header, ' ');
    if (wire::sameIgnoringCase(scheme, "Basic"))
        return readBasic(header);
    if (wire::sameIgnoringCase(scheme, "Digest"))
        return readDigest(header);
    return broken("scheme");
}

std::string writeAuthorization(const DigestProof &proof)
{
    std::string text = "Digest username=" + quoted(proof.user) + ", realm=" + quoted(proof.realm)
        + ", nonce=" + quoted(proof.nonce) + ", uri=" + quoted(proof.uri) + ", response="
        + quoted(proof.response) + ", algorithm=" + std::string(nameOf(proof.algorithm));
    if (!proof.qop.empty())
        text += ", qop=" + proof.qop + ", nc=" + proof.nonceCount
            + ", cnonce=" + quoted(proof.clientNonce);
    return text;
}

std::string writeAuthorization(const BasicCredentials &credentials)
{
    const std::string pair = credentials.user + ":" + credentials.password.reveal();
    return "Basic "
        + wire::toBase64({reinterpret_cast<const std::uint8_t *>(pair.data()), pair.size()});
}

std::string writeDigestChallenge(const Challenge &challenge, DigestAlgorithm algorithm)
{
    return "Digest realm=" + quoted(challenge.realm) + ", nonce=" + quoted(challenge.nonce)
        + ", algorithm=" + std::string(nameOf(algorithm)) + (challenge.stale ? ", stale=true" : "");
}

std::string writeBasicChallenge(std::string_view realm)
{
    return "Basic realm=" + quoted(realm);
}

} // namespace heliograph::rtsp
