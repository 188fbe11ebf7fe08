#include "codec/ffmpeg/guarded_backend.h"

#include "core/mailbox.h"
#include "core/wakeup.h"

#include <future>
#include <thread>

namespace heliograph {

namespace {

using std::chrono::milliseconds;

// What both threads hold; it goes with the last of them.
struct Desk {
    Mailbox<std::function<void()>> task; // one at a time
    Wakeup wakeup;
    std::stop_source end;
    std::unique_ptr<EncoderBackend> backend; // the guard's thread only
};

void work(const std::shared_ptr<Desk> &desk)
{
    const std::stop_token stop = desk->end.get_token();
    while (!stop.stop_requested()) {
        desk->wakeup.wait(stop);
        if (const auto task = desk->task.take())
            (*task)();
    }
}

class GuardedBackend : public EncoderBackend {
public:
    explicit GuardedBackend(BackendPatience patience)
        : m_patience(patience)
        , m_thread([desk = m_desk] { work(desk); })
    {
    }
    ~GuardedBackend() override;

    Result<> open(const OpenBackend &open);
    PixelFormat pixels() const override { return m_pixels; }
    bool changeRates(const EncoderConfig &config) override;
    Result<std::optional<CodedPicture>> encode(const VideoFrame &picture, std::int64_t number,
                                               bool keyframe) override;

private:
    template <class T>
    Result<T> ask(milliseconds patience, std::function<T(Desk &)> question);

    const BackendPatience m_patience;
    const std::shared_ptr<Desk> m_desk = std::make_shared<Desk>();
    PixelFormat m_pixels = PixelFormat::I420;
    bool m_lost = false; // it did not answer once
    std::thread m_thread;
};

// Errors: HardwareFailed (no answer in time). T: what the question gives.
template <class T>
Result<T> GuardedBackend::ask(milliseconds patience, std::function<T(Desk &)> question)
{
    const auto promise = std::make_shared<std::promise<T>>();
    auto answer = promise->get_future();
    if (!m_lost) {
        // The desk outlives the task: the thread that runs it holds it.
        m_desk->task.put([promise, question = std::move(question), desk = m_desk.get()] {
            promise->set_value(question(*desk));
        });
        m_desk->wakeup.signal();
        m_lost = answer.wait_for(patience) != std::future_status::ready;
    }
    if (m_lost)
        return failure(ErrorCode::HardwareFailed, "it does not answer");
    return answer.get();
}

Result<> GuardedBackend::open(const OpenBackend &open)
{
    using Answer = Result<PixelFormat>;
    const auto pixels = ask<Answer>(m_patience.open, [open](Desk &desk) -> Answer {
        auto opened = open();
        if (!opened)
            return tl::unexpected(opened.error());
        desk.backend = *std::move(opened);
        return desk.backend->pixels();
    });
    if (!pixels)
        return tl::unexpected(pixels.error());
    if (!*pixels)
        return tl::unexpected(pixels->error());
    m_pixels = **pixels;
    return {};
}

bool GuardedBackend::changeRates(const EncoderConfig &config)
{
    const auto changed = ask<bool>(
        m_patience.answer, [config](Desk &desk) { return desk.backend->changeRates(config); });
    return changed && *changed;
}

Result<std::optional<CodedPicture>> GuardedBackend::encode(const VideoFrame &picture,
                                                           std::int64_t number, bool keyframe)
{
    using Answer = Result<std::optional<CodedPicture>>;
    auto coded = ask<Answer>(m_patience.answer, [=](Desk &desk) {
        return desk.backend->encode(picture, number, keyframe);
    });
    if (!coded)
        return tl::unexpected(coded.error());
    return *std::move(coded);
}

// Closing a driver may hang as well. Whoever does not come back keeps the desk, and tidies up if
// it ever wakes up.
GuardedBackend::~GuardedBackend()
{
    (void)ask<bool>(m_patience.answer, [](Desk &desk) {
        desk.backend.reset();
        return true;
    });
    m_desk->end.request_stop();
    if (m_lost)
        m_thread.detach();
    else
        m_thread.join();
}

} // namespace

Result<std::unique_ptr<EncoderBackend>> openGuarded(const OpenBackend &open,
                                                    BackendPatience patience)
{
    auto guarded = std::make_unique<GuardedBackend>(patience);
    if (const auto opened = guarded->open(open); !opened)
        return tl::unexpected(opened.error());
    return guarded;
}

} // namespace heliograph
