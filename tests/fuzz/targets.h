// The fuzz targets: each takes any bytes at all, must neither crash nor hang, and checks what
// must hold for whatever it could read. Driven by libFuzzer (libfuzzer_main.cpp), by fuzz_replay
// and by the tests, which run the committed corpus through the same functions.
#pragma once

#include "core/bytes.h"

#include <string_view>

namespace heliograph::fuzz {

int runAmf0(ByteSpan input);
int runAuthorization(ByteSpan input);
int runFlvTags(ByteSpan input);
int runH264Nal(ByteSpan input);
int runH264Sps(ByteSpan input);
int runHevcSps(ByteSpan input);
int runInterleaved(ByteSpan input);
int runM3u(ByteSpan input);
int runRtcp(ByteSpan input);
int runRtmpChunks(ByteSpan input);
int runRtmpHandshake(ByteSpan input);
int runRtpDepacketizer(ByteSpan input);
int runRtspMessage(ByteSpan input);
int runRtmpSession(ByteSpan input);
int runRtspSession(ByteSpan input);
int runSdp(ByteSpan input);
int runTransport(ByteSpan input);
int runUrlSession(ByteSpan input);

using Run = int (*)(ByteSpan input);

// By the name of its file and corpus folder. Null: no such target.
Run findTarget(std::string_view name);

} // namespace heliograph::fuzz
