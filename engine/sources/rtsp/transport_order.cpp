#include "sources/rtsp/transport_order.h"

namespace heliograph {

namespace {

// Of the camera that the source had last: there is no other.
constexpr const char *cameraKey = "camera";
constexpr const char *transportKey = "transport";

} // namespace

const char *nameOf(CameraTransport transport)
{
    return transport == CameraTransport::Udp ? "UDP" : "TCP";
}

std::vector<CameraTransport> transportOrder(std::string_view wanted, const std::string &camera,
                                            const TransportMemory &memory)
{
    using enum CameraTransport;
    if (wanted == "udp")
        return {Udp};
    if (wanted == "tcp")
        return {Tcp};
    const auto known = memory.find(cameraKey);
    const auto worked = memory.find(transportKey);
    const bool tcpWorked = known != memory.end() && known->second == camera
        && worked != memory.end() && worked->second == nameOf(Tcp);
    return tcpWorked ? std::vector{Tcp, Udp} : std::vector{Udp, Tcp};
}

void rememberTransport(const std::string &camera, CameraTransport worked, TransportMemory &memory)
{
    memory[cameraKey] = camera;
    memory[transportKey] = nameOf(worked);
}

} // namespace heliograph
