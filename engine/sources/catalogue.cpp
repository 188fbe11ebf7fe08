#include "sources/catalogue.h"

#include "codec/video_settings.h"
#include "sources/file/file_source.h"
#include "sources/pattern/pattern_source.h"
#include "sources/rtmp/rtmp_source.h"
#include "sources/rtsp/rtsp_source.h"
#include "sources/webcam/webcam_source.h"

#include <algorithm>

namespace heliograph {

const std::vector<SourceType> &sourceCatalogue()
{
    static const std::vector<SourceType> types = {
        webcamSource(), patternSource(), fileSource(), rtmpSource(), rtspSource(),
    };
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
    for (SettingField &field : videoSchema()) {
        field.advanced = field.advanced || type.kind == SourceKind::Mixed; // most of it passes
        schema.push_back(std::move(field));
    }
    return schema;
}

} // namespace heliograph
