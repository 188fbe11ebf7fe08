#include "sources/rtmp/pull_supply.h"

#include "gst/pipeline.h"
#include "net/reach.h"
#include "wire/rtmp/flv_reader.h"
#include "wire/rtmp/path.h"

#include <algorithm>

namespace heliograph {

namespace {

constexpr Timestamp silence = std::chrono::seconds(10);
constexpr std::chrono::seconds reachPatience(3);

// rtmp2src writes what it receives as FLV.
constexpr const char *launch = "rtmp2src name=server ! appsink name=bytes sync=false";

PublishedItem::Kind kindOf(rtmp::MessageType type)
{
    switch (type) {
    case rtmp::MessageType::Video:
        return PublishedItem::Kind::Picture;
    case rtmp::MessageType::Audio:
        return PublishedItem::Kind::Sound;
    default:
        return PublishedItem::Kind::Data;
    }
}

// Thread: the runner's. Owner: the source.
class PullSupply final : public ItemSupply {
public:
    PullSupply(rtmp::Url url, Certificate certificate)
        : m_url(std::move(url))
        , m_certificate(certificate)
    {
    }

    Result<> begin() override;
    Result<std::optional<PublishedItem>> take(std::chrono::milliseconds patience,
                                              const std::stop_token &stop) override;

private:
    void aim();
    tl::unexpected<Error> explain(const Error &error, const std::stop_token &stop) const;

    const rtmp::Url m_url; // with the login: in no error
    const Certificate m_certificate;
    const SystemClock m_clock;
    std::unique_ptr<gst::Pipeline> m_pipeline;
    rtmp::FlvReader m_reader;
    bool m_hasBegun = false; // the item that says so was taken
    bool m_hasAnswered = false; // bytes of the stream came
    Timestamp m_heard{0}; // when the last bytes came
};

Result<> PullSupply::begin()
{
    auto pipeline = gst::Pipeline::create(launch);
    if (!pipeline)
        return within("pull", pipeline.error());
    m_pipeline = *std::move(pipeline);
    aim();
    m_heard = m_clock.now();
    const auto started = m_pipeline->start(std::chrono::milliseconds(0)); // take() waits
    return started ? started : explain(started.error(), {});
}

// Not in the launch line, which errors quote.
void PullSupply::aim()
{
    const auto server = m_pipeline->element("server");
    GObject *object = G_OBJECT(server.get());
    gst_util_set_object_arg(object, "scheme", m_url.secure ? "rtmps" : "rtmp");
    g_object_set(object, "host", m_url.host.c_str(), "port", int(m_url.port), "application",
                 m_url.app.c_str(), "stream", m_url.streamName.c_str(), nullptr);
    if (m_certificate == Certificate::Any)
        gst_util_set_object_arg(object, "tls-validation-flags", "no-flags");
    if (!m_url.user.empty())
        g_object_set(object, "username", m_url.user.c_str(), "password", m_url.password.c_str(),
                     nullptr);
}

Result<std::optional<PublishedItem>> PullSupply::take(std::chrono::milliseconds patience,
                                                      const std::stop_token &stop)
{
    if (!std::exchange(m_hasBegun, true))
        return std::optional(
            PublishedItem{PublishedItem::Kind::Begin, 0, m_clock.now(), false, {}});
    auto tag = m_reader.next();
    if (tag && !*tag) {
        const auto bytes = m_pipeline->readBytes(patience);
        if (!bytes)
            return explain(bytes.error(), stop);
        const Timestamp now = m_clock.now();
        if (!*bytes && now - m_heard > silence)
            return failure(ErrorCode::Timeout, m_url.host);
        if (!*bytes)
            return std::optional<PublishedItem>();
        m_heard = now;
        m_hasAnswered = true;
        m_reader.push(**bytes);
        tag = m_reader.next();
    }
    if (!tag)
        return within("pull from " + m_url.host, tag.error());
    if (!*tag)
        return std::optional<PublishedItem>();
    return std::optional(
        PublishedItem{kindOf((*tag)->type), (*tag)->time, m_heard, false, std::move((*tag)->body)});
}

// What the server says may repeat the stream's name, which is a key elsewhere. Why a connection did
// not come about is in no code of GStreamer's.
tl::unexpected<Error> PullSupply::explain(const Error &error, const std::stop_token &stop) const
{
    if (error.code == ErrorCode::CertificateRefused)
        return failure(error.code, m_url.host);
    if (m_hasAnswered && error.code == ErrorCode::EndOfSource)
        return failure(ErrorCode::ConnectionLost, "the stream of " + m_url.host + " ended");
    if (m_hasAnswered)
        return failure(ErrorCode::ConnectionLost, m_url.host);
    if (const auto reached = net::reach(m_url.host, m_url.port, reachPatience, stop); !reached)
        return tl::unexpected(reached.error());
    if (error.code == ErrorCode::DeviceForbidden) // as GStreamer names a refused login
        return failure(ErrorCode::LoginRefused, m_url.host);
    if (error.detail.find("stream not found") != std::string::npos)
        return failure(ErrorCode::StreamUnknown, m_url.host);
    return failure(ErrorCode::ConnectionLost, m_url.host);
}

} // namespace

Result<std::unique_ptr<ItemSupply>> supplyFromServer(const Secret &url, Certificate certificate)
{
    auto parts = rtmp::parseUrl(url.reveal());
    if (!parts || parts->streamName.empty())
        return failure(ErrorCode::InvalidArgument,
                       "the address of a server looks like rtmp://server/app/name");
    return std::make_unique<PullSupply>(*std::move(parts), certificate);
}

} // namespace heliograph
