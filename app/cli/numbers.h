// The numbers of the command line, and the sentence about one that cannot be.
// Thread: main (pure functions).
#pragma once

#include <engine/error.h>

namespace heliograph::cli {

struct NumberForm {
    enum class Kind { Whole, Real };
    const char *option; // "--rtsp"
    const char *type; // "PORT", for the help
    const char *what; // "a port", for the sentence
    double minimum;
    double maximum;
    Kind kind = Kind::Whole;
};

// Errors: InvalidArgument, whose detail is a sentence without the text.
Result<double> readNumber(const NumberForm &form, std::string_view text);

} // namespace heliograph::cli
