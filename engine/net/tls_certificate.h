// A certificate that we sign ourselves, for servers that were given none: made once and kept.
// Thread: any.
#pragma once

#include "net/tls_context.h"

namespace heliograph::net {

// tls-certificate.pem and tls-key.pem in the folder. When there is no certificate yet, both are
// made, and the folder, too: for this computer under all its names and addresses, for ten years.
// Nobody else can read the key at any moment, and two programs that begin together agree.
// Errors: PermissionDenied.
Result<CertificateFiles> makeCertificate(const std::filesystem::path &folder);

} // namespace heliograph::net
