#include "sources/rtmp/rtmp_source.h"

#include "sources/rtmp/publish_source.h"

namespace heliograph {

namespace {

SettingsSchema rtmpSchema()
{
    return {
        {.key = "key",
         .title = "Stream key",
         .help = "What the encoder gives to prove that it may send here; each source needs one of "
                 "its own.",
         .kind = SettingKind::Text,
         .fallback = std::string()},
        {.key = "take_over",
         .title = "When a second encoder comes",
         .help = "Whether it takes the place of the one that sends, or is refused.",
         .kind = SettingKind::Choice,
         .fallback = std::string("newest"),
         .choices = {{"newest", "It takes over"}, {"refuse", "It is refused"}}},
        {.key = "grace",
         .title = "Wait for its return",
         .help = "When the encoder is lost, viewers stay this long and see its last picture until "
                 "it is back.",
         .kind = SettingKind::Integer,
         .fallback = std::int64_t(10),
         .minimum = 0,
         .maximum = 3600,
         .unit = "s"},
    };
}

Result<std::unique_ptr<Source>> createSource(const Settings &settings, const SourceContext &context)
{
    static const SystemClock clock;
    if (textOf(settings, "key").empty())
        return failure(ErrorCode::InvalidArgument, "the stream key is empty");
    PublisherTerms terms;
    terms.key = Secret(textOf(settings, "key"));
    terms.takeOver = textOf(settings, "take_over") == "refuse" ? IngestDoor::TakeOver::Refuse
                                                               : IngestDoor::TakeOver::NewestWins;
    terms.grace = std::chrono::seconds(integerOf(settings, "grace"));
    return publishedSource(std::move(terms), context.desk, clock);
}

} // namespace

SourceType rtmpSource()
{
    return {"rtmp",       "Encoder (RTMP)", SourceKind::Passthrough, rtmpSchema(),
            createSource, nullptr,          ErrorCode::NoPublisher};
}

} // namespace heliograph
