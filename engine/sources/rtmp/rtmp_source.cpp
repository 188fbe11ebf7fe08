#include "sources/rtmp/rtmp_source.h"

#include "sources/rtmp/desk_supply.h"
#include "sources/rtmp/item_source.h"
#include "sources/rtmp/pull_supply.h"

namespace heliograph {

namespace {

SettingsSchema rtmpSchema()
{
    return {
        {.key = "key",
         .title = "Stream key",
         .help = "What the encoder gives to prove that it may send here; each source needs one of "
                 "its own.",
         .kind = SettingKind::Secret,
         .fallback = Secret(),
         .generated = true},
        {.key = "take_over",
         .title = "When a second encoder comes",
         .help = "Whether it takes the place of the one that sends, or is refused.",
         .kind = SettingKind::Choice,
         .fallback = std::string("newest"),
         .choices = {{"newest", "It takes over"}, {"refuse", "It is refused"}}},
        {.key = "grace",
         .title = "Wait for its return",
         .help =
             "When the encoder is lost, viewers stay this long and see a still until it is back; "
             "then they are told that the stream has ended.",
         .kind = SettingKind::Integer,
         .fallback = std::int64_t(10),
         .minimum = 0,
         .maximum = 3600,
         .unit = "s"},
        {.key = "url",
         .title = "Pull from",
         .help = "rtmp:// or rtmps:// and what follows: another server's stream, with the login if "
                 "it needs one. Empty: wait for an encoder.",
         .kind = SettingKind::Secret,
         .fallback = Secret(),
         .advanced = true},
        {.key = "verify",
         .title = "Check the certificate",
         .help = "Pull over rtmps:// only from a server whose certificate this computer trusts.",
         .kind = SettingKind::Toggle,
         .fallback = true,
         .advanced = true},
    };
}

Result<std::unique_ptr<ItemSupply>> createSupply(const Settings &settings,
                                                 const SourceContext &context)
{
    const Secret &key = secretOf(settings, "key");
    const Secret &url = secretOf(settings, "url");
    if (!url.empty())
        return supplyFromServer(
            url, toggleOf(settings, "verify") ? Certificate::Checked : Certificate::Any);
    if (key.empty())
        return failure(ErrorCode::InvalidArgument, "the stream key is empty");
    const auto policy = textOf(settings, "take_over") == "refuse"
        ? IngestDoor::TakeOver::Refuse
        : IngestDoor::TakeOver::NewestWins;
    return supplyFromDesk(key, std::make_shared<IngestDoor>(policy, context.mount), context.desk);
}

Result<std::unique_ptr<Source>> createSource(const Settings &settings, const SourceContext &context)
{
    static const SystemClock clock;
    auto supply = createSupply(settings, context);
    if (!supply)
        return tl::unexpected(supply.error());
    ItemTerms terms;
    terms.grace = std::chrono::seconds(integerOf(settings, "grace"));
    return itemSource(*std::move(supply), terms, clock);
}

} // namespace

SourceType rtmpSource()
{
    return {"rtmp",       "Encoder (RTMP)", SourceKind::Passthrough, rtmpSchema(),
            createSource, nullptr,          ErrorCode::NoPublisher};
}

} // namespace heliograph
