// What went wrong, as a value: a code for the program, a detail for the log and the tooltip.
// The engine speaks codes and context; the sentence a person reads is made of them by
// engine/sentences.h.
// Thread: any. Owner: whoever holds the value.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace heliograph {

enum class ErrorCode {
    Cancelled, // asked to stop while working
    InvalidArgument, // a setting, a mount name or an option that cannot be
    NotFound, // no such source, mount, viewer or file
    AlreadyExists, // the mount or name is taken
    NotReady, // it exists, but has produced nothing yet
    DeviceBusy, // another program holds the camera or microphone: detail names it
    DeviceGone, // the camera or microphone is not plugged in (any more)
    DeviceForbidden, // the system refuses us the camera or microphone
    NoDevice, // there is none at all of the kind in the detail, "camera"
    WindowGone, // the window is closed or hidden
    ScreenGone, // there is no such screen or monitor (any more)
    ScreenRefused, // the desktop's user showed us no screen, or stopped it
    NegotiationFailed, // the device offers no format that we can read
    Stalled, // the source is open but delivers nothing
    PipelineFailed, // GStreamer reported an error of another kind
    EndOfSource, // the source ended by itself
    NoPublisher, // nobody sends to it (any more)
    EncoderFailed, // libavcodec refused the settings or a picture
    EncoderMissing, // this FFmpeg has no such encoder
    HardwareMissing, // an encoder's hardware is not there; detail: where it would be
    HardwareForbidden, // the system refuses us an encoder's hardware; detail: its device
    HardwareFailed, // an encoder's hardware is there, and does not encode
    PortInUse, // detail: the port, and the program that holds it
    AddressUnavailable, // this machine has no such address
    PermissionDenied, // the system refuses us a port or a file
    FileUnreadable, // a file cannot be opened or read
    FileIsFolder, // a folder stands where a file is meant
    FileBroken, // detail holds line and column
    FileMistaken, // it says something that cannot be; detail holds line and column
    FileTooNew, // written by a later Heliograph
    FileUnplayable, // no video file, damaged, or empty; detail says why
    FileExposed, // it holds passwords, and others may read it
    KeyringSilent, // the desktop's keyring does not answer, or was locked
    CertificateRefused, // of a server: nobody whom this computer trusts vouches for it
    LoginRefused, // a camera or server does not accept the user name and password
    StreamUnknown, // a camera or server has nothing under the address's path
    HostUnknown, // the name of a camera or server has no address
    HostUnreachable, // there is no way to it in the network
    ConnectionRefused, // it is there, and nothing listens at that port
    ConnectionLost, // the peer closed or reset the connection
    Timeout, // nobody answered in time
    Malformed, // bytes from outside that break their specification
    TooLarge, // bytes from outside past our cap
    Unsupported, // understood, and not something we do
    Internal, // a bug in Heliograph
};

struct Error {
    ErrorCode code = ErrorCode::Internal;
    // Context from the outside in, joined by " › ": "open camera › negotiate caps ›
    // not-negotiated". Never holds a password, a stream key or a token.
    std::string detail;

    bool operator==(const Error &) const = default;
};

template <class T = void>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> failure(ErrorCode code, std::string detail = {})
{
    return tl::unexpected<Error>(Error{code, std::move(detail)});
}

// The same error one floor further up: its detail gains what was being tried.
inline tl::unexpected<Error> within(std::string_view attempt, const Error &error)
{
    std::string detail(attempt);
    if (!error.detail.empty())
        detail += " › " + error.detail;
    return tl::unexpected<Error>(Error{error.code, std::move(detail)});
}

} // namespace heliograph
