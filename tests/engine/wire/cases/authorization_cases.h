// Authorization headers as players send and mangle them. One table for parsing and for the seeds of
// the fuzz target authorization.
#pragma once

#include "wire/rtsp/authorization.h"

#include <optional>
#include <string>
#include <vector>

namespace heliograph::test {

struct AuthorizationCase {
    std::string name;
    std::string header;
    std::optional<Credentials> read; // nothing: refused
};

inline DigestProof proofOf(std::string user, std::string uri)
{
    return {std::move(user), "r", "n", std::move(uri), "abc", DigestAlgorithm::Md5, {}, {}, {}};
}

inline std::vector<AuthorizationCase> authorizationCases()
{
    return {
        {"quoted", R"(Digest username="u", realm="r", nonce="n", uri="/cam", response="abc")",
         proofOf("u", "/cam")},
        {"unquoted_any_order",
         R"(digest  response=abc ,uri="/cam",nonce=n,realm="r",username=u , algorithm=md5, opaque="x")",
         proofOf("u", "/cam")},
        {"escaped_quotes",
         R"(Digest username="a \"b\" \\c", realm="r", nonce="n", uri="/a,b=c", response="abc")",
         proofOf(R"(a "b" \c)", "/a,b=c")},
        {"repeated",
         R"(Digest username="u", username="v", realm="r", nonce="n", uri="/cam", response="abc")",
         proofOf("u", "/cam")},
        {"basic", "Basic dTpw", BasicCredentials{"u", Secret("p")}},
        {"basic_colon_in_password", "Basic dTpwOnE=", BasicCredentials{"u", Secret("p:q")}},
        {"empty", "", std::nullopt},
        {"bearer", "Bearer dTpw", std::nullopt},
        {"basic_empty", "Basic ", std::nullopt},
        {"basic_no_colon", "Basic dXA=", std::nullopt}, // no colon
        {"basic_no_base64", "Basic !!!", std::nullopt},
        {"digest_empty", "Digest ", std::nullopt},
        {"open_quote", R"(Digest username="u)", std::nullopt},
        {"no_response", R"(Digest username="u", realm="r", nonce="n", uri="/cam")", std::nullopt},
        {"sha_512",
         R"(Digest username="u", realm="r", nonce="n", uri="/c", response="a", algorithm=SHA-512)",
         std::nullopt},
        {"auth_int",
         R"(Digest username="u", realm="r", nonce="n", uri="/c", response="a", qop="auth-int")",
         std::nullopt},
        {"only_commas", "Digest =,=,=", std::nullopt},
    };
}

} // namespace heliograph::test
