#include "sources/catalogue.h"

#include "codec/sound_settings.h"
#include "codec/video_settings.h"
#include "sources/file/file_source.h"
#include "sources/launch/launch_source.h"
#include "sources/microphone/microphone_source.h"
#include "sources/pattern/pattern_source.h"
#include "sources/rtmp/rtmp_source.h"
#include "sources/rtsp/rtsp_source.h"
#ifdef HELIOGRAPH_X11
#include "sources/screen/screen_source.h"
#endif
#include "sources/webcam/webcam_source.h"

#include <algorithm>

namespace heliograph {

namespace {

std::vector<SourceType> allTypes()
{
    std::vector<SourceType> types = {
        webcamSource(), microphoneSource(), patternSource(), fileSource(),
        rtmpSource(),   rtspSource(),       launchSource(),
    };
#ifdef HELIOGRAPH_X11
    types.insert(types.begin() + 1, screenSource());
#endif
    return types;
}

} // namespace

const std::vector<SourceType> &sourceCatalogue()
{
    static const std::vector<SourceType> types = allTypes();
    return types;
}

const SourceType *findSourceType(std::string_view id)
{
    const auto &types = sourceCatalogue();
    const auto found = std::find_if(types.begin(), types.end(),
                                    [id](const SourceType &type) { return type.id == id; });
    return found == types.end() ? nullptr : &*found;
}

SettingsSchema wholeSchema(const SourceType &type)
{
    SettingsSchema schema = type.schema;
    if (type.kind == SourceKind::Passthrough)
        return schema;
    const auto append = [&](SettingsSchema more) {
        for (SettingField &field : more) {
            field.advanced = field.advanced || type.kind == SourceKind::Mixed; // most of it passes
            schema.push_back(std::move(field));
        }
    };
    if (type.hasPictures)
        append(videoSchema());
    if (type.hasSound)
        append(soundSchema(type.kind == SourceKind::Mixed ? SoundPart::Encoded : SoundPart::All));
    return schema;
}

} // namespace heliograph
