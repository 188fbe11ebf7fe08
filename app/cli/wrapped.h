// Text for a terminal.
// Thread: any (pure function).
#pragma once

#include <cstddef>
#include <string>

namespace heliograph::cli {

// Lines of so many characters at most, broken at spaces; each but the first begins with the indent,
// which does not count. A word that is longer stays whole. Line breaks between lines stay; several
// spaces become one.
std::string wrapped(const std::string &text, std::size_t width, const std::string &indent = {});

} // namespace heliograph::cli
