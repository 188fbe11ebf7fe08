#include "cli/numbers.h"

#include <engine/settings.h>

#include <charconv>
#include <cmath>

namespace heliograph::cli {

namespace {

bool fits(const NumberForm &form, double number) // "nan" is in no range
{
    const bool whole = form.kind == NumberForm::Kind::Real || number == std::floor(number);
    return number >= form.minimum && number <= form.maximum && whole;
}

} // namespace

Result<double> readNumber(const NumberForm &form, std::string_view text)
{
    double number = 0;
    const char *last = text.data() + text.size();
    const auto [end, error] = std::from_chars(text.data(), last, number);
    if (error == std::errc() && end == last && fits(form, number))
        return number;
    return failure(ErrorCode::InvalidArgument,
                   std::string(form.option) + " takes " + form.what + ", "
                       + settingToText(form.minimum) + " to " + settingToText(form.maximum) + ".");
}

} // namespace heliograph::cli
