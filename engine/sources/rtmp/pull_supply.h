// The items of a stream that another RTMP server has, pulled from there by GStreamer.
#pragma once

#include "engine/secret.h"
#include "sources/rtmp/item_supply.h"

namespace heliograph {

// url: "rtmp://server/app/name" or rtmps, with or without a login. It is in no error.
// Of rtmps, the certificate is checked by the authorities that this computer trusts, or not at all.
// Errors: InvalidArgument (no such URL). begin(): PipelineFailed.
// take(): ConnectionLost; CertificateRefused; Timeout (the server sends nothing); PipelineFailed,
// Malformed.
enum class Certificate { Checked, Any };
Result<std::unique_ptr<ItemSupply>> supplyFromServer(const Secret &url, Certificate certificate);

} // namespace heliograph
