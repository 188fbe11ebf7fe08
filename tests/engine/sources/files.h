// Real files made by the ffmpeg program, a folder for them, and a source on a clock that is wound
// on by its naps.
#pragma once

#include "engine/media/ffmpeg.h"
#include "sources/file/file_source.h"

#include <filesystem>
#include <gtest/gtest.h>
#include <unistd.h>

namespace heliograph::test {

class Folder {
public:
    Folder()
        : m_path(std::filesystem::temp_directory_path()
                 / ("heliograph files, ü=" + std::to_string(::getpid())))
    {
        std::filesystem::create_directories(m_path);
    }
    ~Folder() { std::filesystem::remove_all(m_path); }

    std::string operator/(const std::string &name) const { return (m_path / name).string(); }

private:
    std::filesystem::path m_path;
};

inline bool ffmpeg(const std::string &arguments)
{
    return std::system(("ffmpeg -v error -nostdin -y " + arguments + " 2>/dev/null").c_str()) == 0;
}

inline std::string shellWord(const std::string &path)
{
    return "'" + path + "'";
}

class WoundClock final : public Clock {
public:
    Timestamp now() const override { return m_now; }
    WallTime wallNow() const override { return m_now + std::chrono::hours(24 * 365 * 50); }
    void advance(Timestamp by) { m_now += by; }

private:
    Timestamp m_now{std::chrono::hours(1)};
};

inline Pacer pacerOf(WoundClock &clock)
{
    return {clock, [&clock](std::chrono::milliseconds time, const std::stop_token &) {
                clock.advance(time);
            }};
}

// So many access units, or fewer when the source ends or fails.
inline std::vector<AccessUnitPtr> readUnits(Source &source, std::size_t count)
{
    std::vector<AccessUnitPtr> units;
    while (units.size() < count) {
        auto item = source.read({});
        if (!item || !std::holds_alternative<AccessUnitPtr>(*item))
            break;
        units.push_back(std::get<AccessUnitPtr>(*item));
    }
    return units;
}

inline std::vector<AccessUnitPtr> ofTrack(const std::vector<AccessUnitPtr> &units, TrackId track)
{
    std::vector<AccessUnitPtr> found;
    for (const AccessUnitPtr &unit : units)
        if (unit->track == track)
            found.push_back(unit);
    return found;
}

} // namespace heliograph::test
