// A file's pictures and its sound in the order of the file and with its times: what is passed on in
// Annex B and in raw frames, what is decoded as it stands.
// Thread: the source's. Owner: the file source.
#pragma once

#include "engine/error.h"
#include "sources/file/timeline.h"

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace heliograph {

struct FileTrack;
using Agreement = std::vector<FileTrack>;

class Demuxer {
public:
    // serveAs() comes before the first read(). Errors: FileUnreadable, FileUnplayable, Unsupported,
    // Cancelled.
    static Result<std::unique_ptr<Demuxer>> open(const std::string &path,
                                                 const std::stop_token &stop);
    ~Demuxer();

    // As its list agreed upon; see fit(). Errors: FileUnplayable.
    Result<> serveAs(const Agreement &agreement);

    // Nothing at the end. Errors: FileUnreadable, FileUnplayable, Cancelled.
    Result<std::optional<Sample>> read(const std::stop_token &stop);

    // When the first of each track is shown, as far as that can be found out by looking ahead.
    // Errors: as of read().
    Result<Timeline::Starts> starts(const std::stop_token &stop);

    // To the last keyframe at or before this position, or the first one where there is none; read()
    // goes on there. Errors: FileUnplayable, Cancelled.
    Result<> seek(Timestamp position, const std::stop_token &stop);

    Timestamp beginning() const; // what the file counts as its beginning
    Timestamp duration() const; // 0: unknown, and one cannot seek in it
    const std::vector<FileTrack> &tracks() const; // they live as long as this
    bool mayJump() const; // its clock may, in the middle of the file

private:
    struct Impl;
    explicit Demuxer(std::unique_ptr<Impl> impl);

    std::unique_ptr<Impl> m_impl;
};

} // namespace heliograph
