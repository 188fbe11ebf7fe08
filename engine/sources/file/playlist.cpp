#include "sources/file/playlist.h"

#include "sources/file/agreement.h"
#include "sources/file/file_list.h"

#include <algorithm>
#include <utility>

namespace heliograph {

Playlist::Playlist(std::string paths, bool loop, std::shared_ptr<SourceMemory> memory)
    : m_paths(std::move(paths))
    , m_loop(loop)
    , m_memory(std::move(memory))
{
}

Playlist::~Playlist() = default;

Result<> Playlist::open(const std::stop_token &stop)
{
    auto files = listFiles(m_paths);
    if (!files)
        return tl::unexpected(files.error());
    m_files = *std::move(files);
    Error last;
    for (std::size_t i = 0; i < m_files.size(); ++i) {
        auto demuxer = Demuxer::open(m_files[i], stop);
        if (demuxer)
            agree(m_agreement, (*demuxer)->tracks());
        else if (last = demuxer.error(); last.code == ErrorCode::Cancelled)
            return tl::unexpected(last);
        if (demuxer && i == 0)
            m_first = *std::move(demuxer);
    }
    if (m_agreement.empty())
        return tl::unexpected(last);
    return {};
}

Result<std::unique_ptr<Demuxer>> Playlist::next(const std::stop_token &stop)
{
    while (m_next < m_files.size() || m_loop) {
        m_next %= m_files.size();
        auto opened = openFile(m_next, stop);
        if (!opened && opened.error().code == ErrorCode::Cancelled)
            return opened;
        ++m_next;
        if (opened)
            return opened;
        if (const auto noted = noteUnplayable(opened.error()); !noted)
            return tl::unexpected(noted.error());
    }
    return nullptr;
}

// A file is opened anew each time: that is the same for every kind of file, and one that has been
// taken away or replaced meanwhile is noticed here.
Result<std::unique_ptr<Demuxer>> Playlist::openFile(std::size_t index, const std::stop_token &stop)
{
    Result<std::unique_ptr<Demuxer>> opened = index == 0 && m_first
        ? std::exchange(m_first, nullptr)
        : Demuxer::open(m_files[index], stop);
    if (!opened)
        return opened;
    if (const auto ready = (*opened)->serveAs(m_agreement); !ready)
        return tl::unexpected(ready.error());
    if (const auto starts = (*opened)->starts(stop); !starts)
        return within("open " + m_files[index], starts.error());
    return opened;
}

const std::string &Playlist::file() const
{
    return m_files[(m_next + m_files.size() - 1) % m_files.size()];
}

Result<> Playlist::noteUnplayable(const Error &error)
{
    if (++m_failed >= m_files.size())
        return tl::unexpected(error);
    tell(error);
    return {};
}

Result<> Playlist::noteDamaged(const Error &error)
{
    if (m_files.size() == 1)
        return tl::unexpected(error);
    tell(error);
    return {};
}

// Once, however often the file's turn comes.
void Playlist::tell(const Error &error)
{
    StoryLine line{StoryLine::Fact::PassedOver, {}, {}, error};
    if (std::ranges::find(m_story, line) != m_story.end())
        return;
    m_story.push_back(std::move(line));
    m_memory->story.set(std::make_shared<const Story>(m_story));
}

} // namespace heliograph
