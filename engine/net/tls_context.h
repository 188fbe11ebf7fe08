// What the server shows and demands in TLS: its certificate with the key, TLS 1.2 or 1.3, and no
// cipher without forward secrecy.
// Thread: any; it does not change. Owner: shared by the connections that speak by it.
#pragma once

#include "engine/error.h"

#include <filesystem>
#include <memory>
#include <string>

struct ssl_ctx_st; // OpenSSL stays inside this room

namespace heliograph::net {

struct CertificateFiles {
    std::filesystem::path certificate; // PEM, the server's own first, then its issuers
    std::filesystem::path key; // PEM, without a password
};

class TlsContext {
public:
    using Shared = std::shared_ptr<const TlsContext>;

    // Errors: FileUnreadable; InvalidArgument, whose detail is a sentence.
    static Result<Shared> load(const CertificateFiles &files);
    // What was made in this folder before, so that the fingerprint stays; else made now.
    // Errors: those of load() and makeCertificate().
    static Result<Shared> selfSigned(const std::filesystem::path &folder);

    // SHA-256 of the certificate: "AB:CD:…".
    const std::string &fingerprint() const { return m_fingerprint; }
    bool isExpired() const;
    ssl_ctx_st *native() const { return m_native.get(); } // for this room's own .cpp files

private:
    using Native = std::unique_ptr<ssl_ctx_st, void (*)(ssl_ctx_st *)>;
    explicit TlsContext(Native native);

    Native m_native;
    std::string m_fingerprint;
};

} // namespace heliograph::net
