// The files that a source plays one after the other: which one comes next, what all of them are
// served as, and which were passed over.
// Thread: the source's. Owner: the file source.
#pragma once

#include "sources/file/demuxer.h"
#include "sources/source.h"

namespace heliograph {

class Playlist {
public:
    // paths: see listFiles(). What is passed over is told in the memory's story.
    Playlist(std::string paths, bool loop, std::shared_ptr<SourceMemory> memory);
    ~Playlist();

    // Looks at every file before the first one plays: viewers are told once what comes. Errors: as
    // of listFiles(); of the last file when none of them can be played; Cancelled.
    Result<> open(const std::stop_token &stop);
    const Agreement &agreement() const { return m_agreement; } // after open()

    // The next file that can be played, served as agreed upon; null: there is none any more.
    // Errors: of the last file when none of them can be played; Cancelled, and one may ask again.
    Result<std::unique_ptr<Demuxer>> next(const std::stop_token &stop);
    const std::string &file() const; // that next() gave last

    // What became of it. The errors come back when no other file is left to go on with: one alone
    // has none, nor has a list once around without a picture.
    void notePlayed() { m_failed = 0; }
    Result<> noteUnplayable(const Error &error);
    Result<> noteDamaged(const Error &error); // some of it was played

private:
    Result<std::unique_ptr<Demuxer>> openFile(std::size_t index, const std::stop_token &stop);
    void tell(const Error &error);

    const std::string m_paths; // as the setting says
    const bool m_loop;
    const std::shared_ptr<SourceMemory> m_memory;
    std::vector<std::string> m_files;
    Agreement m_agreement;
    std::unique_ptr<Demuxer> m_first; // the first file, as open() left it
    std::size_t m_next = 0;
    std::size_t m_failed = 0; // files in a row of which nothing could be played
    Story m_story;
};

} // namespace heliograph
