#include "sources/screen/xlib_errors.h"

#include <X11/Xlib.h>
#include <unistd.h>

namespace heliograph {

namespace {

int ignoreError(Display *, XErrorEvent *)
{
    return 0;
}

int sleepForEver(Display *)
{
    for (;;)
        ::pause();
}

} // namespace

void surviveXlibErrors()
{
    static const bool once = [] {
        XInitThreads();
        XSetErrorHandler(ignoreError);
        XSetIOErrorHandler(sleepForEver);
        return true;
    }();
    (void)once;
}

} // namespace heliograph
