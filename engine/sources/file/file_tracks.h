// Which streams of a file are served, and how. Include in .cpp files only.
// Thread: any (pure functions).
#pragma once

#include "engine/error.h"
#include "media/nal_assembler.h"
#include "sources/file/handle.h"

#include <vector>

namespace heliograph {

// H.264, H.265, AAC-LC in frames of 1024 samples and Opus of one or two channels are passed on,
// which is what RTP carries; all else is decoded.
enum class Treatment { H264, Hevc, Aac, Opus, Decode };

struct FileTrack {
    TrackId id = TrackId::Video;
    Treatment treatment = Treatment::Decode;
    const AVStream *stream = nullptr;
    std::shared_ptr<const Track> track; // of sound that is passed on
    int channels = 0; // of sound: what it is decoded to, 1 or 2
};

// Pictures, sound, or both, in this order: of each the first stream that can be passed on, else the
// first that can be decoded. Errors: Unsupported (pictures that this libavcodec cannot decode),
// FileUnplayable (neither).
Result<std::vector<FileTrack>> chooseTracks(const AVFormatContext &context);

// Whether viewers of the one can go on with the other.
bool isSame(const FileTrack &a, const FileTrack &b);

double pictureRate(const AVStream &stream); // pictures a second; 25 when nobody knows
PictureHints pictureHints(const AVStream &stream);

} // namespace heliograph
