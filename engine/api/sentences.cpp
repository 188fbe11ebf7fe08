#include "engine/sentences.h"

#include <array>

namespace heliograph {

namespace {

// Takes "%1" out of a sentence together with the brackets or the colon that announced it.
void dropPlaceholder(std::string &text, const std::string &placeholder)
{
    const std::array announced = {" (" + placeholder + ")", ": " + placeholder,
                                  " “" + placeholder + "”", placeholder};
    for (const std::string &part : announced) {
        if (const auto at = text.find(part); at != std::string::npos) {
            text.erase(at, part.size());
            return;
        }
    }
}

// One pass, so that a "%2" inside a camera's name stays what it is.
std::string fill(std::string_view form, const std::array<std::string, 2> &values)
{
    std::string text(form);
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i].empty())
            dropPlaceholder(text, "%" + std::to_string(i + 1));
    }
    std::string filled;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool placeholder =
            text[at] == '%' && at + 1 < text.size() && (text[at + 1] == '1' || text[at + 1] == '2');
        if (placeholder)
            filled += values[std::size_t(text[++at] - '1')];
        else
            filled += text[at];
    }
    return filled;
}

} // namespace

std::string_view sentenceTemplate(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Cancelled:
        return "This was stopped before it was done. Try again if you still want it.";
    case ErrorCode::InvalidArgument:
        return "This cannot be used: %1. Correct it and try again.";
    case ErrorCode::NotFound:
        return "This was not found (%1). Check the name, and whether it has been removed "
               "meanwhile.";
    case ErrorCode::AlreadyExists:
        return "This name is already taken (%1). Choose another one.";
    case ErrorCode::NotReady:
        return "There is no picture yet. Wait a moment and try again.";
    case ErrorCode::DeviceBusy:
        return "Another program is using the camera or microphone: %1. Close that program: "
               "Heliograph goes on by itself.";
    case ErrorCode::DeviceGone:
        return "The camera or microphone is not plugged in. Plug it in again: Heliograph goes on "
               "by "
               "itself.";
    case ErrorCode::DeviceForbidden:
        return "The system does not let Heliograph use the camera or microphone. Allow it in the "
               "system's privacy settings, or ask your administrator to add you to the groups "
               "“video” and “audio”.";
    case ErrorCode::NoPublisher:
        return "Nobody sends to this stream yet. Start the encoder: it connects by itself.";
    case ErrorCode::NoDevice:
        return "No %1 was found. Plug one in: Heliograph finds it by itself.";
    case ErrorCode::WindowGone:
        return "The window is closed or minimised: %1. Open it again: Heliograph goes on by "
               "itself.";
    case ErrorCode::ScreenGone:
        return "This screen is not there: %1. Switch it on, or log in at the desktop: Heliograph "
               "goes on by itself.";
    case ErrorCode::ScreenRefused:
        return "The desktop does not show its screen any more, or was told not to. Change a "
               "setting of the source, or add it again, to be asked anew.";
    case ErrorCode::NegotiationFailed:
        return "The camera offers no picture format that Heliograph can read. Choose another size "
               "or frame rate.";
    case ErrorCode::Stalled:
        return "Nothing is arriving. Check the device and its cable: Heliograph keeps trying.";
    case ErrorCode::PipelineFailed:
        return "The source stopped working (%1). Heliograph keeps trying; if it does not come "
               "back, remove the source and add it again.";
    case ErrorCode::EndOfSource:
        return "The source has come to its end. Add it again to start over, or let it repeat.";
    case ErrorCode::EncoderFailed:
        return "The pictures cannot be encoded with these settings (%1). Choose another size, "
               "frame rate or preset.";
    case ErrorCode::EncoderMissing:
        return "The FFmpeg of this computer was built without this encoder (%1). Install one that "
               "has it, or choose the software encoder.";
    case ErrorCode::HardwareMissing:
        return "This computer does not have the hardware, or not the driver that shows it (%1). "
               "Install the maker's driver, or choose the software encoder.";
    case ErrorCode::HardwareForbidden:
        return "The system does not let Heliograph use the graphics hardware (%1). Ask your "
               "administrator to add you to the “render” and “video” groups, or choose the "
               "software encoder.";
    case ErrorCode::HardwareFailed:
        return "The hardware does not encode these pictures (%1). It may be busy, too old, or need "
               "a newer driver. Choose the software encoder if that goes on.";
    case ErrorCode::PortInUse:
        return "Another program is using this port: %1. Close that program, or choose another "
               "port.";
    case ErrorCode::AddressUnavailable:
        return "This computer does not have that address (%1). Choose one of its own addresses.";
    case ErrorCode::PermissionDenied:
        return "The system does not allow this (%1). For a server, choose a port above 1023; for "
               "a file, check who may write it.";
    case ErrorCode::FileUnreadable:
        return "The file cannot be read or written (%1). Check that it is there, that the disk is "
               "not full, and that you may open it.";
    case ErrorCode::FileIsFolder:
        return "This is a folder, and not a file: %1. Name the file that is meant.";
    case ErrorCode::FileBroken:
        return "The file is damaged (%1). Correct it in a text editor, or move it away to start "
               "with a new one. Heliograph does not touch it.";
    case ErrorCode::FileMistaken:
        return "The file says something that Heliograph cannot use (%1). Correct it in a text "
               "editor, and start Heliograph again.";
    case ErrorCode::FileTooNew:
        return "The file was written by a newer Heliograph (%1). Update Heliograph, or move the "
               "file away to start with a new one. Heliograph does not touch it.";
    case ErrorCode::FileUnplayable:
        return "The file cannot be played (%1). Choose another one, or replace this one: "
               "Heliograph "
               "looks at it again by itself.";
    case ErrorCode::FileExposed:
        return "The file holds passwords, and others on this computer may read it (%1). Take their "
               "rights away (chmod 600), and choose new passwords if somebody may have looked.";
    case ErrorCode::KeyringSilent:
        return "The desktop's keyring does not answer (%1). Unlock it, then try again.";
    case ErrorCode::CertificateRefused:
        return "This computer does not trust the certificate of %1, so it could be another server. "
               "If it is your own, turn off “Check the certificate” in the settings.";
    case ErrorCode::LoginRefused:
        return "The other side does not accept this user name and password (%1). Correct them in "
               "the "
               "source's settings; too many tries may lock the account for a while.";
    case ErrorCode::StreamUnknown:
        return "There is no stream at this address (%1). Look up the path behind the host name, in "
               "a "
               "camera's manual or in the server's settings.";
    case ErrorCode::HostUnknown:
        return "Nothing in the network has this name (%1). Check how it is written, or use the IP "
               "address.";
    case ErrorCode::HostUnreachable:
        return "There is no way to this address (%1). Check that the other side is on and in the "
               "same network as this computer.";
    case ErrorCode::ConnectionRefused:
        return "The other side is there, but nothing answers at this port (%1). Check the port, "
               "and "
               "that its server is switched on (in a camera: RTSP).";
    case ErrorCode::ConnectionLost:
        return "The connection was lost (%1). Check the network: it can be tried again at once.";
    case ErrorCode::Timeout:
        return "Nobody answered in time (%1). Check the network and the address, then try again.";
    case ErrorCode::Malformed:
        return "What arrived could not be understood (%1). Check that the other side speaks this "
               "protocol.";
    case ErrorCode::TooLarge:
        return "What arrived is larger than Heliograph accepts (%1). Send less at a time.";
    case ErrorCode::Unsupported:
        return "Heliograph cannot do this yet (%1). Choose another setting or file.";
    case ErrorCode::Internal:
        return "Something in Heliograph went wrong (%1). Please report it; starting Heliograph "
               "again may help.";
    }
    return {};
}

std::string_view sentenceTemplate(Notice::Event event)
{
    switch (event) {
    case Notice::Event::SourceLost:
        return "“%1” stopped delivering.";
    case Notice::Event::SourceRecovered:
        return "“%1” delivers again.";
    case Notice::Event::EncoderReplaced:
        return "“%1” is encoded in software now, because the hardware encoder “%2” failed: its "
               "viewers stay, and the processor has more to do.";
    case Notice::Event::ImageLacking:
        return "The picture %2 cannot be read, so viewers of “%1” see its name instead. Put it "
               "back, or choose another.";
    case Notice::Event::DeviceFound:
        return "%1 was plugged in.";
    case Notice::Event::DeviceLost:
        return "%1 was unplugged.";
    case Notice::Event::ViewerJoined:
        return "%1 started watching “%2”.";
    case Notice::Event::ViewerLeft:
        return "%1 stopped watching “%2”.";
    case Notice::Event::ViewerKicked:
        return "%1 was disconnected from “%2” by you.";
    case Notice::Event::ViewerTimedOut:
        return "%1 fell silent and was disconnected from “%2”. It can connect again.";
    case Notice::Event::ViewerTooSlow:
        return "%1 could not keep up with “%2” and was disconnected. A lower bitrate may help.";
    case Notice::Event::ViewerRefused:
        return "%1 wanted to watch “%2”, but every place is taken. The server settings say how "
               "many "
               "there are.";
    case Notice::Event::StrangerRefused:
        return "%1 was refused: too many connections are open that do not watch anything.";
    case Notice::Event::PasswordWrong:
        return "%1 gave a wrong user name or password for “%2”.";
    case Notice::Event::StreamKeyWrong:
        return "%1 wanted to publish with a stream key that no source here waits for.";
    case Notice::Event::AddressShutOut:
        return "%1 guessed too often (%2) and is shut out for ten minutes.";
    case Notice::Event::CertificateExpired:
        return "The certificate %1 has expired, so players may refuse it. Put a new one in its "
               "place.";
    case Notice::Event::OutputFailed:
        return "The %1 server is not running.";
    case Notice::Event::OutputRecovered:
        return "The %1 server is running again.";
    }
    return {};
}

std::string_view sentenceTemplate(StoryLine::Fact fact)
{
    using Fact = StoryLine::Fact;
    switch (fact) {
    case Fact::Calling:
        return "Calling %1.";
    case Fact::NotReached:
        return "It cannot be reached.";
    case Fact::AskedForLogin:
        return "It asks for a password: %1, realm “%2”.";
    case Fact::LoggedIn:
        return "It accepts the user “%1”.";
    case Fact::Offered:
        return "It offers %1: %2.";
    case Fact::TryingTransport:
        return "Asking for the stream over %1.";
    case Fact::TransportSilent:
        return "Nothing came over %1 within %2.";
    case Fact::TransportRefused:
        return "It does not send over %1.";
    case Fact::DataCame:
        return "Data came over %1 after %2.";
    case Fact::FirstPicture:
        return "The first picture came after %2: %1.";
    case Fact::Rhythm:
        return "It sends %1 pictures a second and a keyframe every %2 s.";
    case Fact::Loss:
        return "%1 packets were lost on the way (%2 %).";
    case Fact::ClockDrift:
        return "Its clock runs %1 and is %2.";
    case Fact::SoundOnly:
        return "Sound comes, but no picture for %1.";
    case Fact::Ended:
        return "It ended.";
    case Fact::PassedOver:
        return "A file of the list was passed over.";
    }
    return {};
}

std::string sentence(const StoryLine &line)
{
    std::string text = fill(sentenceTemplate(line.fact),
                            {maskCredentials(line.subject), maskCredentials(line.detail)});
    if (line.error)
        text += " " + sentence(*line.error);
    return text;
}

std::string sentence(const Error &error)
{
    return fill(sentenceTemplate(error.code), {maskCredentials(error.detail), {}});
}

std::string sentence(const Notice &notice)
{
    std::string text = fill(sentenceTemplate(notice.event),
                            {maskCredentials(notice.subject), maskCredentials(notice.detail)});
    if (notice.error)
        text += " " + sentence(*notice.error);
    return text;
}

} // namespace heliograph
