// What a peer says in its connect command that it can take (Enhanced RTMP v2, "Enhancing
// NetConnection connect Command"), and what we answer.
// Thread: any (values).
#pragma once

#include "wire/rtmp/amf0.h"
#include "wire/rtmp/four_cc.h"

#include <cstdint>
#include <map>
#include <vector>

namespace heliograph::rtmp {

// Bits of the values of videoFourCcInfoMap and audioFourCcInfoMap.
namespace codec_info {
inline constexpr std::uint32_t canDecode = 1;
inline constexpr std::uint32_t canEncode = 2;
inline constexpr std::uint32_t canForward = 4;
} // namespace codec_info

// Bits of capsEx.
namespace caps_ex {
inline constexpr std::uint32_t reconnect = 1;
inline constexpr std::uint32_t multitrack = 2;
inline constexpr std::uint32_t modEx = 4;
} // namespace caps_ex

class Capabilities {
public:
    // object: the command object of connect, an object or an ECMA array. Properties of another
    // kind than they should be are taken as missing.
    static Capabilities of(const amf0::Value &object);

    // Whether a player can be sent the codec. H.264, AAC and MP3 always; others only if it said so
    // (by name or "*"): a player that knows nothing of FourCCs breaks at the first one.
    bool canVideo(FourCc codec) const { return codec == four_cc::avc || canTake(m_video, codec); }
    bool canAudio(FourCc codec) const
    {
        return codec == four_cc::aac || codec == four_cc::mp3 || canTake(m_audio, codec);
    }
    bool isEnhanced() const { return m_enhanced; } // it said anything of this at all
    std::uint32_t capsEx() const { return m_capsEx; } // bits of caps_ex
    bool canReconnect() const { return (m_capsEx & caps_ex::reconnect) != 0; }

    bool operator==(const Capabilities &) const = default;

private:
    using Infos = std::map<FourCc, std::uint32_t>; // none stands for "*"
    static bool canTake(const Infos &infos, FourCc codec);
    static void addList(const amf0::Value *list, Infos &video, Infos &audio);
    static void addMap(const amf0::Value *map, Infos &infos);

    Infos m_video;
    Infos m_audio;
    std::uint32_t m_capsEx = 0;
    bool m_enhanced = false;
};

// What our answer to connect adds to its properties when the peer isEnhanced(): fourCcList,
// videoFourCcInfoMap and audioFourCcInfoMap (we forward them), capsEx.
amf0::Properties ourCapabilities();

} // namespace heliograph::rtmp
