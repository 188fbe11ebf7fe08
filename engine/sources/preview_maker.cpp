#include "sources/preview_maker.h"

namespace heliograph {

namespace {

constexpr PictureSize bounds{640, 640};
// 30 a second at most, with some slack for a camera of just that rate.
constexpr Timestamp interval = std::chrono::milliseconds(30);

void appendPlane(std::vector<std::uint8_t> &planes, const VideoFrame &frame, std::size_t index)
{
    const int width = index == 0 ? frame.format.width : (frame.format.width + 1) / 2;
    const int height = index == 0 ? frame.format.height : (frame.format.height + 1) / 2;
    for (int row = 0; row < height; ++row) {
        const std::uint8_t *start = frame.planes[index].data() + row * frame.strides[index];
        planes.insert(planes.end(), start, start + width);
    }
}

} // namespace

void PreviewMaker::offer(const VideoFrame &frame)
{
    if (!m_wanted || frame.pts - m_last < interval)
        return;
    m_last = frame.pts;
    const auto small =
        m_scaler.toI420(frame, fitInside({frame.format.width, frame.format.height}, bounds));
    if (!small)
        return;
    auto preview = std::make_shared<PreviewFrame>();
    preview->width = small->format.width;
    preview->height = small->format.height;
    preview->planes.reserve(std::size_t(preview->width) * std::size_t(preview->height) * 3 / 2);
    for (std::size_t i = 0; i < 3; ++i)
        appendPlane(preview->planes, *small, i);
    m_mailbox.put(std::move(preview));
}

std::shared_ptr<const PreviewFrame> PreviewMaker::take()
{
    return m_mailbox.take().value_or(nullptr);
}

} // namespace heliograph
