// Makes a source's small pictures for the window, only while somebody looks.
// Thread: offer() on the source's; setWanted() and take() on any. Owner: shared.
#pragma once

#include "codec/ffmpeg/scaler.h"
#include "core/mailbox.h"
#include "engine/preview.h"
#include "media/frames.h"

#include <atomic>

namespace heliograph {

class PreviewMaker final : public PreviewTap {
public:
    void offer(const VideoFrame &frame);

    void setWanted(bool wanted) override { m_wanted = wanted; }
    std::shared_ptr<const PreviewFrame> take() override;

private:
    std::atomic<bool> m_wanted{false};
    Mailbox<std::shared_ptr<const PreviewFrame>> m_mailbox;
    Scaler m_scaler{ScaleQuality::Preview};
    Timestamp m_last{0};
};

} // namespace heliograph
