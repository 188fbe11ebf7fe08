#include "sources/file/agreement.h"

#include <algorithm>

namespace heliograph {

namespace {

void decode(FileTrack &track)
{
    track.treatment = Treatment::Decode;
    track.track.reset();
}

void agreeOn(FileTrack &agreed, const FileTrack &track)
{
    if (!isSame(agreed, track))
        decode(agreed);
    agreed.channels = std::max(agreed.channels, track.channels);
}

void decodeSound(Agreement &agreement)
{
    for (FileTrack &track : agreement)
        if (track.id == TrackId::Audio)
            decode(track);
}

} // namespace

const FileTrack *findTrack(const std::vector<FileTrack> &tracks, TrackId id)
{
    const auto found = std::ranges::find(tracks, id, &FileTrack::id);
    return found == tracks.end() ? nullptr : &*found;
}

void agree(Agreement &agreement, const std::vector<FileTrack> &file)
{
    const bool isFirst = agreement.empty();
    const bool sameSound =
        !findTrack(agreement, TrackId::Audio) == !findTrack(file, TrackId::Audio);
    for (const FileTrack &track : file) {
        const auto found = std::ranges::find(agreement, track.id, &FileTrack::id);
        if (found != agreement.end())
            agreeOn(*found, track);
        else
            agreement.push_back(track);
    }
    for (FileTrack &track : agreement)
        track.stream = nullptr;
    std::ranges::sort(agreement, {}, &FileTrack::id);
    if (!isFirst && !sameSound)
        decodeSound(agreement);
}

Result<std::vector<FileTrack>> fit(std::vector<FileTrack> file, const Agreement &agreement)
{
    for (FileTrack &track : file) {
        const FileTrack *agreed = findTrack(agreement, track.id);
        if (agreed && agreed->treatment == Treatment::Decode) {
            decode(track);
            track.channels = agreed->channels;
        }
        if (!agreed || !isSame(*agreed, track))
            return failure(ErrorCode::FileUnplayable, "it has been replaced");
    }
    for (const FileTrack &agreed : agreement) {
        const bool mayLack = agreed.id == TrackId::Audio && agreed.treatment == Treatment::Decode;
        if (!mayLack && !findTrack(file, agreed.id))
            return failure(ErrorCode::FileUnplayable,
                           "others of its list have pictures or sound that it does not have");
    }
    return file;
}

} // namespace heliograph
