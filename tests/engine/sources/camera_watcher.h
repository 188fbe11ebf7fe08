// A camera source as its runner has it, for tests.
// Thread: one.
#pragma once

#include "sources/catalogue.h"
#include "support/fake_camera.h"

#include <gtest/gtest.h>

namespace heliograph::test {

class CameraWatcher {
public:
    explicit CameraWatcher(const std::string &url, const Settings &more = {})
    {
        m_settings["url"] = url;
        for (const auto &[key, value] : more)
            m_settings[key] = value;
    }

    // Anew, when it is open already.
    Result<std::vector<TrackId>> open()
    {
        close();
        const SourceType *type = findSourceType("rtsp");
        const auto complete = completeSettings(wholeSchema(*type), m_settings).value();
        auto source = type->create(complete, m_context);
        if (!source)
            return tl::unexpected(source.error());
        m_source = *std::move(source);
        return m_source->open(m_stop.get_token());
    }
    void close() { m_source.reset(); }

    Result<SourceItem> read() { return m_source->read(m_stop.get_token()); }
    void stop() { m_stop.request_stop(); }

    // The next so many pictures; fewer when it fails, with error() set.
    std::vector<AccessUnitPtr> pictures(std::size_t count)
    {
        std::vector<AccessUnitPtr> pictures;
        while (pictures.size() < count) {
            auto item = read();
            if (!item) {
                m_error = item.error();
                break;
            }
            const auto *unit = std::get_if<AccessUnitPtr>(&*item);
            if (unit && (*unit)->track == TrackId::Video)
                pictures.push_back(*unit);
            else if (unit)
                m_sound.push_back(*unit);
        }
        return pictures;
    }
    const std::vector<AccessUnitPtr> &sound() const { return m_sound; } // that came meanwhile
    const std::optional<Error> &error() const { return m_error; }

    Story story() const { return *m_context.memory->story.get(); }
    bool tells(StoryLine::Fact fact, const std::string &subject = {}) const
    {
        for (const StoryLine &line : story())
            if (line.fact == fact && (subject.empty() || line.subject == subject))
                return true;
        return false;
    }

private:
    Settings m_settings;
    IngestDesk m_desk;
    SourceContext m_context{m_desk};
    std::stop_source m_stop;
    std::unique_ptr<Source> m_source;
    std::vector<AccessUnitPtr> m_sound;
    std::optional<Error> m_error;
};

inline PictureSize sizeOfPicture(const AccessUnit &unit)
{
    const auto &info = std::get<H264Config>(unit.config->config).info;
    return {info.width, info.height};
}

} // namespace heliograph::test
