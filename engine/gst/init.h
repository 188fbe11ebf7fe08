// GStreamer is started once a process, before its first use.
// Thread: any.
#pragma once

namespace heliograph::gst {

void ensureInitialized();

} // namespace heliograph::gst
