// A video file's pictures in Annex B and its sound in raw frames of AAC, in the order of the file
// and with its times.
// Thread: the source's. Owner: the file source.
#pragma once

#include "engine/error.h"
#include "media/nal_assembler.h"
#include "sources/file/sample.h"

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace heliograph {

class Demuxer {
public:
    // Errors: FileUnreadable, FileUnplayable, Unsupported, Cancelled.
    static Result<std::unique_ptr<Demuxer>> open(const std::string &path,
                                                 const std::stop_token &stop);
    ~Demuxer();

    // Nothing at the end. Errors: FileUnreadable, FileUnplayable, Cancelled.
    Result<std::optional<Sample>> read(const std::stop_token &stop);

    std::vector<TrackId> tracks() const;
    std::shared_ptr<const Track> sound() const; // null: there is none
    H264Assembler::Hints hints() const;
    bool mayJump() const; // its clock may, in the middle of the file

private:
    struct Impl;
    explicit Demuxer(std::unique_ptr<Impl> impl);

    std::unique_ptr<Impl> m_impl;
};

} // namespace heliograph
