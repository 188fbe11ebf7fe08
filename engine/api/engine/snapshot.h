// The state of everything at one instant, made by the engine loop four times a second and never
// changed after. Rates are means over the last second.
// Thread: any (immutable). Owner: shared; hold it as long as you like.
#pragma once

#include "engine/device.h"
#include "engine/error.h"
#include "engine/project.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace heliograph {

enum class SourceId : std::uint64_t {};
enum class ViewerId : std::uint64_t {};

using WallClock = std::chrono::system_clock;

enum class HealthState { Ok, Starting, Retrying, Failed };

struct Health {
    HealthState state = HealthState::Starting;
    std::optional<Error> error; // why it is Retrying or Failed
    std::chrono::milliseconds retryIn{0}; // Retrying: time to the next try
    WallClock::time_point since{}; // when this state began
    bool operator==(const Health &) const = default;
};

// Where a source stands that plays what has a beginning and an end.
struct Playback {
    std::string file; // the one that plays now
    std::chrono::milliseconds position{0}; // in it
    std::chrono::milliseconds duration{0}; // its own; 0: unknown, and one cannot seek in it
    bool paused = false; // also at the end
    bool operator==(const Playback &) const = default;
};

// What a person wants of it; what is not said stays as it is.
struct PlaybackCommand {
    std::optional<bool> paused;
    std::optional<std::chrono::milliseconds> position; // in the file that plays
    bool operator==(const PlaybackCommand &) const = default;
};

// The sound that a source delivers.
struct SoundLevel {
    double peak = 0; // dBFS since the snapshot before; -90 for silence
    std::optional<double> driftPpm; // how much too fast its clock runs; nothing: not known yet
};

// One line of how a source came to deliver, or not to: of a camera, its handshake and what it
// sends.
struct StoryLine {
    enum class Fact {
        Calling, // subject: the address
        NotReached, // error says why
        AskedForLogin, // subject: the scheme, "Digest"; detail: the realm
        LoggedIn, // subject: the user
        Offered, // subject: a track, "H.264 video"; detail: what becomes of it
        TryingTransport, // subject: "UDP"
        TransportSilent, // subject: "UDP"; detail: for how long, "3 s"
        TransportRefused, // subject: "UDP"
        DataCame, // subject: "UDP"; detail: after what time, "120 ms"
        FirstPicture, // subject: its size; detail: after what time
        Rhythm, // subject: pictures a second, "25"; detail: the seconds between keyframes
        Loss, // subject: packets lost; detail: of all, in per cent
        ClockDrift, // subject: "12 ppm fast"; detail: its distance from ours, "0.3 s behind"
        SoundOnly, // subject: for how long no picture has come
        Ended, // error says why
        PassedOver, // a file of a list, which the next one followed; error names it and says why
    } fact = Fact::Calling;
    std::string subject;
    std::string detail;
    std::optional<Error> error;
    bool operator==(const StoryLine &) const = default;
};
using Story = std::vector<StoryLine>; // oldest first

struct SourceSnapshot {
    SourceId id{};
    SourceConfig config; // with every key of the schema
    PublishConfig publish; // the last one used, or a proposal made from the name
    bool published = false;
    Health health;
    PictureSize size; // of the captured pictures; 0x0 before the first one
    double fps = 0; // captured pictures per second
    std::uint64_t frames = 0; // captured pictures
    std::uint64_t dropped = 0; // captured pictures that no viewer could get: encoder or inbox full
    bool hasPreview = false; // pictures that pass untouched have none
    std::optional<SoundLevel> sound; // nothing: it has none, or it passes and nobody listens here
    bool hasSound = false; // it delivers some, coded already or not: one can listen to it
    std::optional<Playback> playback; // nothing: it is live, or has not begun
    Story story; // since it was opened last; of cameras on the network and lists of files
};

struct StreamSnapshot {
    std::string mount;
    SourceId source{};
    bool ready = false; // parameter sets are known: it can be played
    bool resting = false; // nobody watches, so what would be encoded here is not
    std::vector<std::string> urls; // what to type into a player; real addresses, never 0.0.0.0
    std::string codec; // "H.264 High 1280x720"
    // What encodes its pictures, also after another one failed: "NVENC (NVIDIA)". Empty: they pass,
    // or none has been encoded yet.
    std::string encoder;
    bool passes = false; // its pictures are passed through, as they come
    PictureSize size; // of the coded pictures
    double bitrate = 0; // bit/s
    double fps = 0; // coded pictures per second
    double gopSeconds = 0; // between the last two keyframes
    std::uint64_t keyframes = 0;
    std::uint64_t forcedKeyframes = 0; // asked for by joining viewers
    std::uint64_t viewers = 0;
};

struct OutputSnapshot {
    std::string type; // "rtsp"
    std::string address; // "127.0.0.1:8554": where it listens
    std::uint16_t port = 0;
    Health health;
    // The encrypted way in; its problems leave the other one alone.
    std::uint16_t securePort = 0; // 0: closed
    std::string fingerprint; // SHA-256 of its certificate, "AB:CD:…"; empty while it is closed
    std::optional<Health> secureHealth; // nothing: it is not wanted
};

struct ViewerSnapshot {
    ViewerId id{};
    std::string protocol; // "RTSP"
    std::string transport; // "UDP", "TCP"
    std::string mount;
    std::string address; // "192.168.1.20:51234"
    std::string userAgent; // as the player says; may be empty
    std::string user; // who gave a password; empty where nobody is asked
    WallClock::time_point since{};
    bool paused = false;
    std::uint64_t bytes = 0;
    double bitrate = 0; // bit/s
    std::uint64_t framesSent = 0; // pictures
    std::uint64_t framesDropped = 0; // pictures
    std::string dropReason; // why the last one was dropped; empty when none was
    double queueMs = 0; // media time waiting in our queue
    std::optional<double> lossPercent; // from receiver reports: over the last interval
    std::optional<double> jitterMs; // from receiver reports
    std::optional<double> rttMs; // from receiver reports, or TCP_INFO
    std::optional<std::uint64_t> retransmits; // TCP_INFO: segments since the connection began
};

enum class NoticeLevel { Information, Warning, Problem };

// Something that happened. Equal notices in a row become one with a count.
struct Notice {
    std::uint64_t id = 0; // rises; equal ids are the same notice with a newer count
    WallClock::time_point time{};
    NoticeLevel level = NoticeLevel::Information;
    enum class Event {
        SourceLost, // subject: source name; error says why
        SourceRecovered, // subject: source name
        EncoderReplaced, // subject: source name; detail: the hardware encoder; error says why
        ImageLacking, // subject: mount; detail: the path of the picture for viewers
        DeviceFound, // subject: device name
        DeviceLost, // subject: device name
        ViewerJoined, // subject: address and user agent; mount in detail
        ViewerLeft, // the same
        ViewerKicked, // the same
        ViewerTimedOut, // the same
        ViewerTooSlow, // the same
        ViewerRefused, // subject: address; mount in detail: the places are taken
        StrangerRefused, // subject: address: too many connections that do not watch
        PasswordWrong, // subject: address; mount in detail
        StreamKeyWrong, // subject: address
        AddressShutOut, // subject: address; detail: mount, empty: it guessed stream keys
        CertificateExpired, // subject: its file
        OutputFailed, // subject: output type
        OutputRecovered, // subject: output type
    } event = Event::SourceLost;
    std::string subject;
    std::string detail;
    std::optional<Error> error;
    std::uint64_t count = 1;
};

struct Snapshot {
    std::uint64_t sequence = 0;
    WallClock::time_point time{}; // when it was begun: nothing in it is older
    std::vector<SourceSnapshot> sources; // in the order they were added
    std::vector<StreamSnapshot> streams;
    std::vector<OutputSnapshot> outputs;
    std::vector<ViewerSnapshot> viewers;
    std::vector<DeviceInfo> devices; // in the order of the source types
    bool devicesKnown = false; // all have been looked for once
    std::vector<Notice> notices; // newest last, at most 200
    std::vector<std::string> banned; // addresses, as Studio::setBanned() normalized them
};

} // namespace heliograph
