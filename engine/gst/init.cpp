#include "gst/init.h"

#include <gst/gst.h>

namespace heliograph::gst {

void ensureInitialized()
{
    static const bool once = [] {
        gst_init(nullptr, nullptr);
        return true;
    }();
    (void)once;
}

} // namespace heliograph::gst
