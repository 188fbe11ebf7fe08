#include "cli/encoder_list.h"

#include <engine/sentences.h>

#include <nlohmann/json.hpp>
#include <sstream>

namespace heliograph::cli {

namespace {

using Json = nlohmann::ordered_json;

Json toJson(const EncoderInfo &encoder)
{
    return {{"id", encoder.id},
            {"name", encoder.title},
            {"available", !encoder.error},
            {"reason", encoder.error ? Json(sentence(*encoder.error)) : Json()}};
}

} // namespace

std::string toText(const std::vector<EncoderInfo> &encoders)
{
    std::ostringstream text;
    for (const EncoderInfo &encoder : encoders)
        text << encoder.title << "\n  encoder=" << encoder.id << "\n  "
             << (encoder.error ? sentence(*encoder.error) : "It works on this computer.") << "\n";
    return text.str();
}

std::string toJson(const std::vector<EncoderInfo> &encoders)
{
    Json list = Json::array();
    for (const EncoderInfo &encoder : encoders)
        list.push_back(toJson(encoder));
    const Json whole = {{"encoders", std::move(list)}};
    return whole.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace heliograph::cli
