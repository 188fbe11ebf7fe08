// Xlib ends the whole program when a window that ximagesrc reads is closed, or its server is gone.
// Not this program.
// Thread: any.
#pragma once

namespace heliograph {

// Once a process, before its first ximagesrc: a request that fails is left at that, and a thread
// whose server is gone sleeps for ever, because nothing else keeps Xlib from exit(). Who owns a
// pipeline with such a thread must give it up instead of waiting for it.
void surviveXlibErrors();

} // namespace heliograph
