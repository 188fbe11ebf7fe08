#include "sources/launch/line_end.h"

#include "gst/handle.h"
#include "gst/init.h"
#include "sources/launch/line_fault.h"
#include "sources/launch/line_words.h"

#include <algorithm>
#include <array>

namespace heliograph {

namespace {

using gst::Handle;

constexpr const char *ours = "heliograph-end";
constexpr std::array takenNames = {"video", "audio", "bytes", "coded"}; // of our own sinks

std::vector<std::string> missingOf(GstParseContext *context)
{
    std::vector<std::string> missing;
    gchar **names = gst_parse_context_get_missing_elements(context);
    for (gchar **name = names; name && *name; ++name)
        missing.emplace_back(*name);
    g_strfreev(names);
    return missing;
}

std::string lastPlace(const std::string &line)
{
    return placed(line, partsOf(wordsOf(line)).back()[0]);
}

// With a follower, which also tells caps at the end of the line from an element.
Result<Handle<GstElement>> parse(const std::string &line)
{
    const std::unique_ptr<GstParseContext, decltype(&gst_parse_context_free)> context(
        gst_parse_context_new(), gst_parse_context_free);
    GError *problem = nullptr;
    Handle<GstElement> whole(gst_parse_launch_full((line + " ! identity name=" + ours).c_str(),
                                                   context.get(), GST_PARSE_FLAG_FATAL_ERRORS,
                                                   &problem));
    const Handle<GError> owned(problem);
    if (whole) {
        gst_object_ref_sink(whole.get());
        return whole;
    }
    if (std::string_view(problem->message).find(ours) != std::string_view::npos)
        return failure(ErrorCode::InvalidArgument,
                       "nothing comes out at the end of the line, " + lastPlace(line));
    return tl::unexpected(faultOf(line, *problem, missingOf(context.get())));
}

bool canBe(const GstCaps *caps, const char *wanted)
{
    const Handle<GstCaps> other(gst_caps_from_string(wanted));
    return gst_caps_can_intersect(caps, other.get());
}

std::string kindsOf(const GstCaps *caps)
{
    std::vector<std::string> kinds;
    for (guint i = 0; i < gst_caps_get_size(caps); ++i) {
        std::string kind = gst_structure_get_name(gst_caps_get_structure(caps, i));
        const GstCapsFeatures *features = gst_caps_get_features(caps, i);
        if (features && gst_caps_features_get_size(features) > 0
            && !gst_caps_features_contains(features, GST_CAPS_FEATURE_MEMORY_SYSTEM_MEMORY))
            kind += std::string("(") + gst_caps_features_get_nth(features, 0) + ")";
        if (std::ranges::find(kinds, kind) == kinds.end())
            kinds.push_back(std::move(kind));
    }
    std::string text;
    for (const std::string &kind : kinds)
        text += (text.empty() ? "" : ", ") + kind;
    return text.empty() ? "nothing" : text;
}

// What has no pad yet, as decodebin, tells its kind when it runs: pictures are expected of it.
Result<LineEnd> kindOf(const std::string &line, GstElement &whole)
{
    const Handle<GstElement> end(gst_bin_get_by_name(GST_BIN(&whole), ours));
    const Handle<GstPad> sink(gst_element_get_static_pad(end.get(), "sink"));
    if (!gst_pad_is_linked(sink.get()))
        return LineEnd::Pictures;
    const Handle<GstCaps> caps(gst_pad_peer_query_caps(sink.get(), nullptr));
    if (canBe(caps.get(), "video/x-raw"))
        return LineEnd::Pictures;
    if (canBe(caps.get(), "video/x-h264"))
        return LineEnd::H264;
    return failure(ErrorCode::InvalidArgument,
                   "neither raw video nor H.264 comes out at the end of the line, "
                       + lastPlace(line) + ", but " + kindsOf(caps.get()));
}

Result<> checkNames(GstElement &whole)
{
    for (const char *name : takenNames)
        if (GST_IS_BIN(&whole) && Handle<GstElement>(gst_bin_get_by_name(GST_BIN(&whole), name)))
            return failure(ErrorCode::InvalidArgument,
                           std::string("an element called “") + name
                               + "” would be mistaken for one of ours, give it another name");
    return {};
}

} // namespace

Result<LineEnd> endOf(const std::string &line)
{
    gst::ensureInitialized();
    if (wordsOf(line).empty())
        return failure(ErrorCode::InvalidArgument, "the launch line is empty");
    const auto whole = parse(line);
    if (!whole)
        return tl::unexpected(whole.error());
    if (const auto checked = checkNames(**whole); !checked)
        return tl::unexpected(checked.error());
    return kindOf(line, **whole);
}

} // namespace heliograph
