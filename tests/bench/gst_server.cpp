// gst-rtsp-server serving the same file in the same way, as the peer to measure against; or a
// camera. Usage: gst_server FILE FPS PORT, gst_server rtsp://... tcp|udp PORT
#include "looped_h264.h"

#include <gst/app/gstappsrc.h>
#include <gst/rtsp-server/rtsp-server.h>

#include <csignal>
#include <cstdlib>
#include <mutex>
#include <optional>
#include <thread>

namespace {

std::atomic<bool> stopping{false};
GMainLoop *mainLoop = nullptr;
std::mutex sourceMutex;
GstElement *source = nullptr; // the shared media's appsrc, while there is one

void configure(GstRTSPMediaFactory *, GstRTSPMedia *media, gpointer)
{
    GstElement *element = gst_rtsp_media_get_element(media);
    const std::lock_guard lock(sourceMutex);
    source = gst_bin_get_by_name_recurse_up(GST_BIN(element), "src");
    gst_object_unref(element);
}

void push(heliograph::ByteSpan annexB, std::chrono::nanoseconds)
{
    const std::lock_guard lock(sourceMutex);
    if (!source)
        return;
    GstBuffer *buffer = gst_buffer_new_memdup(annexB.data(), annexB.size());
    gst_app_src_push_buffer(GST_APP_SRC(source), buffer);
}

constexpr const char *parsedAndPaid = " ! h264parse ! rtph264pay name=pay0 pt=96"
                                      " config-interval=-1 )";

std::string ofFile()
{
    return "( appsrc name=src is-live=true do-timestamp=true format=time max-bytes=4000000"
           " caps=video/x-h264,stream-format=byte-stream,alignment=au";
}

std::string ofCamera(const std::string &url, const std::string &transport)
{
    return "( rtspsrc latency=0 location=" + url + " protocols=" + transport + " ! rtph264depay";
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 4)
        return 1;
    gst_init(&argc, &argv);
    const bool isCamera = std::string(argv[1]).starts_with("rtsp:");
    std::optional<heliograph::bench::LoopedH264> file;
    if (!isCamera)
        file.emplace(argv[1], std::atof(argv[2]));
    mainLoop = g_main_loop_new(nullptr, FALSE);
    GstRTSPServer *server = gst_rtsp_server_new();
    gst_rtsp_server_set_service(server, argv[3]);
    GstRTSPMediaFactory *factory = gst_rtsp_media_factory_new();
    const std::string line = (isCamera ? ofCamera(argv[1], argv[2]) : ofFile()) + parsedAndPaid;
    gst_rtsp_media_factory_set_launch(factory, line.c_str());
    gst_rtsp_media_factory_set_shared(factory, TRUE);
    gst_rtsp_media_factory_set_latency(factory, 0);
    if (file)
        g_signal_connect(factory, "media-configure", G_CALLBACK(configure), nullptr);
    GstRTSPMountPoints *mounts = gst_rtsp_server_get_mount_points(server);
    gst_rtsp_mount_points_add_factory(mounts, "/bench", factory);
    g_object_unref(mounts);
    gst_rtsp_server_attach(server, nullptr);
    std::signal(SIGTERM, [](int) {
        stopping = true;
        g_main_loop_quit(mainLoop);
    });
    std::jthread feeder([&] {
        if (file)
            file->run(push, stopping);
    });
    g_main_loop_run(mainLoop);
    return 0;
}
