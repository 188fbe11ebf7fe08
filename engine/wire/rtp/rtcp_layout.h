// The numbers of RTCP that its reader and its writer share (RFC 3550 section 12).
// Thread: any (constants).
#pragma once

#include <cstddef>
#include <cstdint>

namespace heliograph::rtcp {

inline constexpr std::uint8_t senderReportType = 200;
inline constexpr std::uint8_t receiverReportType = 201;
inline constexpr std::uint8_t descriptionType = 202;
inline constexpr std::uint8_t byeType = 203;
inline constexpr std::uint8_t payloadFeedbackType = 206; // RFC 4585 section 6.1

inline constexpr std::uint8_t cnameItem = 1;
inline constexpr std::uint8_t pictureLoss = 1; // feedback formats: RFC 4585 section 6.3
inline constexpr std::uint8_t fullIntraRequest = 4; // RFC 5104 section 4.3.1

inline constexpr std::size_t wordSize = 4;
inline constexpr std::size_t senderInfoSize = 24; // SSRC included
inline constexpr std::size_t blockSize = 24;
inline constexpr std::size_t maximumBlocks = 31; // the count has 5 bits
inline constexpr std::size_t maximumText = 255; // lengths of texts have 8 bits
inline constexpr std::size_t maximumReports = 64;

} // namespace heliograph::rtcp
