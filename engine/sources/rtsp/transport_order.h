// Over what a camera is asked to send, and what worked the last time.
// Thread: the source's.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph {

enum class CameraTransport { Udp, Tcp };

const char *nameOf(CameraTransport transport); // "UDP"

// wanted: "udp", "tcp", or "automatic": UDP, then TCP, but first what worked.
// memory: of this source; camera: its URL.
using TransportMemory = std::map<std::string, std::string>;
std::vector<CameraTransport> transportOrder(std::string_view wanted, const std::string &camera,
                                            const TransportMemory &memory);
void rememberTransport(const std::string &camera, CameraTransport worked, TransportMemory &memory);

} // namespace heliograph
