// What comes out of a camera's pipeline made into items: access units of what passes, frames of
// what was decoded, with capture times that neither jump nor go back.
// Thread: the source's. Owner: the source.
#pragma once

#include "codec/ffmpeg/unit_sound.h"
#include "engine/settings.h"
#include "gst/pipeline.h"
#include "media/nal_assembler.h"
#include "sources/rtsp/camera_clock.h"
#include "sources/rtsp/camera_plan.h"

#include <array>
#include <deque>
#include <optional>
#include <variant>

namespace heliograph {

class CameraReader {
public:
    CameraReader(const std::vector<CameraTrack> &tracks, const Clock &clock);

    // Until it is known which tracks come, samples are kept: all that are coded, of others the
    // newest.
    void keep(gst::Pipeline::Sample sample);
    std::size_t heard() const; // how many tracks came
    // Whether enough pictures came to see in what order they are.
    bool knowsOrder() const;
    // Now it is known: tracks that did not come never will.
    // Errors: Stalled (pictures are missing).
    Result<> settle();
    std::optional<gst::Pipeline::Sample> kept(); // oldest first

    std::vector<TrackId> tracks() const; // that came
    bool hasPictures() const { return m_pictures.isThere; }

    struct Item {
        SourceItem item;
        TrackId track = TrackId::Video;
        Timestamp pts{0};
        bool keyframe = false;
        PictureSize size; // of a picture
        std::optional<WallTime> ntp; // when the camera says it was taken

        bool isPicture() const { return track == TrackId::Video; }
    };
    // Nothing: it holds nothing whole, or nothing that is wanted.
    // Errors: NegotiationFailed, PipelineFailed.
    Result<std::optional<Item>> convert(gst::Pipeline::Sample sample);

private:
    struct Part {
        bool isOffered = false;
        bool passes = false;
        bool isThere = false;
    };

    // Of a coded picture, whose end has not come.
    struct PicturePart {
        std::vector<std::uint8_t> annexB;
        std::optional<Timestamp> pts;
        Timestamp arrived{0};
        std::optional<WallTime> ntp;
    };

    Part &partOf(TrackId track) { return track == TrackId::Video ? m_pictures : m_sound; }
    std::optional<Item> passPicture(const gst::Pipeline::Sample &sample);
    std::optional<Item> makePicture(PicturePart part);
    std::optional<Item> passSound(const gst::Pipeline::Sample &sample);
    Result<std::optional<Item>> takeFrame(gst::Pipeline::Sample sample);
    std::optional<Item> takeG711(const gst::Pipeline::Sample &sample);
    AccessUnitPtr soundUnit(const gst::Pipeline::Sample &sample, const CameraClock::Times &when,
                            const std::shared_ptr<const Track> &track) const;
    bool isReordered(const gst::Pipeline::Sample &sample) const;
    void noteOrder(const AccessUnit &unit);

    const Clock &m_clock;
    Part m_pictures;
    Part m_sound;
    std::deque<gst::Pipeline::Sample> m_kept;
    CameraClock m_times;
    bool m_isReordered = false; // there are B-pictures
    std::optional<PicturePart> m_part;
    std::variant<H264Assembler, HevcAssembler> m_assembler;
    std::shared_ptr<const Track> m_aac; // null: it does not pass
    std::shared_ptr<const Track> m_g711; // null: it is something else
    UnitSound m_g711Decoder;
};

} // namespace heliograph
