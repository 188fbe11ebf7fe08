#include "sources/file/input.h"

#include "codec/ffmpeg/error.h"

#include <algorithm>
#include <filesystem>
#include <string_view>

extern "C" {
#include <libavutil/dict.h>
#include <libavutil/error.h>
}

namespace heliograph {

namespace {

namespace fs = std::filesystem;

constexpr Timestamp longestCall = std::chrono::seconds(10);

// A disk that answers is not interrupted: one cannot read on after that.
constexpr Timestamp shortestCall = std::chrono::milliseconds(100);

struct Option {
    const char *name;
    const char *value;
};

constexpr Option options[] = {
    {"protocol_whitelist", "file"},
    {"probesize", "5000000"}, // bytes
    {"analyzeduration", "5000000"}, // microseconds
    {"fflags", "+discardcorrupt"}, // half a picture at the end of a cut-off file
};

// What are lists of files, addresses, scripts or texts: nothing that a file says makes libavformat
// open another one.
constexpr std::string_view refusedFormats[] = {
    "hls", "dash", "webm_dash_manifest", "concat",      "image2", "imf", "sdp", "rtsp",
    "rtp", "sap",  "avisynth",           "vapoursynth", "tty",
};

std::string allowedFormats()
{
    std::string names;
    void *state = nullptr;
    while (const AVInputFormat *format = av_demuxer_iterate(&state)) {
        const bool isRefused = std::ranges::any_of(refusedFormats, [format](auto refused) {
            return std::string_view(format->name).substr(0, refused.size()) == refused;
        });
        if (!isRefused)
            names += (names.empty() ? "" : ",") + std::string(format->name);
    }
    return names;
}

// Opening a pipe or a device could block for ever, where no interruption reaches.
Result<> checkIsFile(const std::string &path)
{
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status))
        return failure(ErrorCode::FileUnreadable, error.message());
    if (fs::is_directory(status))
        return failure(ErrorCode::FileUnplayable, "it is a folder");
    if (!fs::is_regular_file(status))
        return failure(ErrorCode::FileUnplayable, "it is a device or a pipe, not a file");
    if (fs::file_size(path, error) == 0)
        return failure(ErrorCode::FileUnplayable, "it is empty");
    return {};
}

bool isOfTheSystem(int averror)
{
    return averror == AVERROR(ENOENT) || averror == AVERROR(EACCES) || averror == AVERROR(EPERM)
        || averror == AVERROR(EIO) || averror == AVERROR(EMFILE) || averror == AVERROR(ENFILE)
        || averror == AVERROR(ENXIO) || averror == AVERROR(ESTALE);
}

} // namespace

Input::Input()
    : m_context(avformat_alloc_context())
{
    ffmpeg::quietenLog();
    m_context->interrupt_callback = {&Input::isInterrupted, this};
}

Result<std::unique_ptr<Input>> Input::open(const std::string &path, const std::stop_token &stop)
{
    std::unique_ptr<Input> input(new Input);
    Result<> opened = checkIsFile(path);
    if (opened)
        opened = input->probe(path, stop);
    if (!opened)
        return within("open " + path, opened.error());
    return input;
}

Result<> Input::probe(const std::string &path, const std::stop_token &stop)
{
    static const std::string formats = allowedFormats();
    if (stop.stop_requested())
        return failure(ErrorCode::Cancelled);
    beginCall(stop);
    AVDictionary *dictionary = nullptr;
    av_dict_set(&dictionary, "format_whitelist", formats.c_str(), 0);
    for (const Option &option : options)
        av_dict_set(&dictionary, option.name, option.value, 0);
    AVFormatContext *context = m_context.release(); // freed by a failure
    const int error = avformat_open_input(&context, ("file:" + path).c_str(), nullptr, &dictionary);
    m_context.reset(context);
    av_dict_free(&dictionary);
    if (error < 0)
        return failed(error);
    if (const int found = avformat_find_stream_info(m_context.get(), nullptr); found < 0)
        return failed(found);
    return {};
}

Result<ffmpeg::Handle<AVPacket>> Input::read(const std::stop_token &stop)
{
    beginCall(stop);
    ffmpeg::Handle<AVPacket> packet(av_packet_alloc());
    const int error = av_read_frame(m_context.get(), packet.get());
    // One that was cut off in the middle of a picture has ended there.
    const bool cutOff = error < 0 && error != AVERROR_EXIT && avio_feof(m_context->pb) != 0;
    if (error == AVERROR_EOF || cutOff)
        return ffmpeg::Handle<AVPacket>();
    if (error < 0)
        return failed(error);
    return packet;
}

Result<> Input::seek(const AVStream &stream, Timestamp when, const std::stop_token &stop)
{
    beginCall(stop);
    const std::int64_t time = av_rescale_q(when.count(), {1, 1'000'000'000}, stream.time_base);
    const int error = av_seek_frame(m_context.get(), stream.index, time, AVSEEK_FLAG_BACKWARD);
    if (error < 0)
        return failed(error);
    return {};
}

void Input::beginCall(const std::stop_token &stop)
{
    m_stop = stop;
    m_called = SystemClock().now();
}

int Input::isInterrupted(void *self)
{
    const auto &input = *static_cast<const Input *>(self);
    const Timestamp lasts = SystemClock().now() - input.m_called;
    return lasts > longestCall || (lasts > shortestCall && input.m_stop.stop_requested()) ? 1 : 0;
}

tl::unexpected<Error> Input::failed(int averror) const
{
    if (m_stop.stop_requested())
        return failure(ErrorCode::Cancelled);
    if (averror == AVERROR_EXIT)
        return failure(ErrorCode::FileUnreadable, "the disk does not answer");
    if (averror == AVERROR(EINVAL)) // the format is not on our list
        return failure(ErrorCode::FileUnplayable, "it is of another kind");
    char text[AV_ERROR_MAX_STRING_SIZE] = {};
    av_strerror(averror, text, sizeof text);
    return failure(isOfTheSystem(averror) ? ErrorCode::FileUnreadable : ErrorCode::FileUnplayable,
                   text);
}

} // namespace heliograph
