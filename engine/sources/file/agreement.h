// What all files of a list are served as, so that viewers can go on from one to the next: a track
// passes where it is the same in all of them (H.264 and H.265 with whatever parameter sets: those
// are in-band), and is decoded in all of them where it is not. Include in .cpp files only.
// Thread: any (pure functions).
#pragma once

#include "sources/file/file_tracks.h"

namespace heliograph {

using Agreement = std::vector<FileTrack>; // in the order of their ids; without streams

// One file more. Sound that a file lacks is decoded in the others, so that it can be silent there.
void agree(Agreement &agreement, const std::vector<FileTrack> &file);

// The file's tracks as they were agreed upon. Errors: FileUnplayable (it was not asked, or was
// another one then; it has no pictures, and others have).
Result<std::vector<FileTrack>> fit(std::vector<FileTrack> file, const Agreement &agreement);

const FileTrack *findTrack(const std::vector<FileTrack> &tracks, TrackId id);

} // namespace heliograph
