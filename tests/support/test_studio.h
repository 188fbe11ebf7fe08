// A studio with an RTSP server on a free port, for tests: commands wait for their answers.
// Thread: one.
#pragma once

#include <engine/studio.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace heliograph::test {

class TestStudio {
public:
    explicit TestStudio(Settings rtsp = {}, int loops = 1, Hooks hooks = {});
    // RTMP, too. Returns its port.
    std::uint16_t serveRtmp(Settings settings = {});
    ~TestStudio();

    Studio &operator*() { return *m_studio; }
    Studio *operator->() { return m_studio.get(); }

    // Published under the mount, and ready to be played.
    SourceId addPattern(const std::string &mount, Settings settings = {});
    SourceId add(const std::string &type, const std::string &mount, Settings settings);
    Result<> tryPublish(SourceId id, PublishConfig config);
    Result<> change(SourceId id, SourceConfig config);
    Result<> kick(ViewerId id);
    std::shared_ptr<Feed> openFeed(const std::string &mount);

    std::uint16_t port() const { return m_port; }
    std::string url(const std::string &mount, const std::string &host = "127.0.0.1") const;

    // Looks at snapshots until one pleases. Returns it; throws after the patience. One made before
    // the call never pleases: it may not know yet what the test has just done.
    std::shared_ptr<const Snapshot>
    waitFor(const std::function<bool(const Snapshot &)> &pleases,
            std::chrono::milliseconds patience = std::chrono::seconds(60));

    std::shared_ptr<const Snapshot> freshSnapshot();

private:
    std::unique_ptr<Studio> m_studio;
    std::uint16_t m_port = 0;
};

} // namespace heliograph::test
