#include "wall/video_frame.h"

#include <QVideoFrameFormat>
#include <cstring>

namespace heliograph::ui {

namespace {

struct Plane {
    int width, height; // in the preview; the frame may hold a column or a row less
    std::size_t bytes() const { return std::size_t(width) * std::size_t(height); }
};

void copyPlane(QVideoFrame &frame, int index, Plane plane, const std::uint8_t *from)
{
    const int shrink = index == 0 ? 1 : 2;
    const auto columns = std::size_t(frame.width() / shrink);
    for (int y = 0; y < frame.height() / shrink; ++y, from += plane.width)
        std::memcpy(frame.bits(index) + y * frame.bytesPerLine(index), from, columns);
}

} // namespace

QVideoFrame toVideoFrame(const PreviewFrame &preview)
{
    const Plane luma{preview.width, preview.height};
    const Plane chroma{(preview.width + 1) / 2, (preview.height + 1) / 2};
    if (luma.width < 2 || luma.height < 2
        || preview.planes.size() < luma.bytes() + 2 * chroma.bytes())
        return {};
    QVideoFrame frame(
        QVideoFrameFormat({luma.width & ~1, luma.height & ~1}, QVideoFrameFormat::Format_YUV420P));
    if (!frame.map(QVideoFrame::WriteOnly))
        return {};
    const std::uint8_t *from = preview.planes.data();
    copyPlane(frame, 0, luma, from);
    copyPlane(frame, 1, chroma, from + luma.bytes());
    copyPlane(frame, 2, chroma, from + luma.bytes() + chroma.bytes());
    frame.unmap();
    return frame;
}

} // namespace heliograph::ui
