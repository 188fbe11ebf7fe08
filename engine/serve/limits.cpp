#include "serve/limits.h"

#include <algorithm>

namespace heliograph::serve {

namespace {

// A quarter of the places for strangers: four addresses must be at it to keep everybody out, and
// they make way after strangerTime.
constexpr int strangersShare = 4;

} // namespace

SettingField limitField(const char *key, const char *title, const char *help, std::int64_t fallback,
                        double minimum, double maximum, const char *unit)
{
    SettingField field;
    field.key = key;
    field.title = title;
    field.help = help;
    field.kind = SettingKind::Integer;
    field.fallback = fallback;
    field.minimum = minimum;
    field.maximum = maximum;
    field.unit = unit;
    field.advanced = true;
    return field;
}

SettingsSchema limitsSchema()
{
    return {
        limitField("max_viewers", "Viewers at most", "How many may watch at the same time, in all.",
                   500, 1, 100000),
        limitField("max_viewers_per_mount", "Viewers per stream",
                   "How many may watch one stream; 0 for no limit of its own.", 0, 0, 100000),
        limitField("max_viewers_per_address", "Viewers per address",
                   "How many may watch from one address; 0 for no limit of its own.", 100, 0,
                   100000),
        limitField("max_strangers", "Connections that wait",
                   "How many connections may be open that do not watch yet; a quarter of them from "
                   "one address.",
                   256, 4, 100000),
        limitField("stranger_time", "Time to begin",
                   "How long a connection may stay open without watching.", 30, 1, 3600, "s"),
        limitField("queue_time", "Queue of a slow viewer",
                   "How much may wait for a slow viewer before pictures are left out.", 2000, 100,
                   30000, "ms"),
        limitField("queue_size", "Queue of a slow viewer, in bytes",
                   "How many bytes may wait for a slow viewer.", 16, 1, 1024, "MiB"),
    };
}

Limits limitsOf(const Settings &settings)
{
    Limits limits;
    limits.viewers = int(integerOf(settings, "max_viewers"));
    limits.viewersPerMount = int(integerOf(settings, "max_viewers_per_mount"));
    limits.viewersPerAddress = int(integerOf(settings, "max_viewers_per_address"));
    limits.strangers = int(integerOf(settings, "max_strangers"));
    limits.strangersPerAddress = std::max(1, limits.strangers / strangersShare);
    limits.strangerTime = std::chrono::seconds(integerOf(settings, "stranger_time"));
    limits.queue.duration = std::chrono::milliseconds(integerOf(settings, "queue_time"));
    limits.queue.bytes = std::size_t(integerOf(settings, "queue_size")) * 1024 * 1024;
    return limits;
}

} // namespace heliograph::serve
