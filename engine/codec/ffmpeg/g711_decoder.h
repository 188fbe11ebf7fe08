// G.711 as samples: 48000 a second, whatever rate it came in.
// Thread: the source's. Owner: a source that passes coded sound on as well.
#pragma once

#include "codec/ffmpeg/audio_decoder.h"
#include "media/track.h"

#include <memory>

namespace heliograph {

class G711Decoder {
public:
    // config: of Pcmu or Pcma. Errors: Unsupported.
    static Result<G711Decoder> open(const OpaqueConfig &config);

    // An empty frame: nothing could be made of it.
    AudioFrame decode(const Bytes &coded, Timestamp pts);

private:
    explicit G711Decoder(std::unique_ptr<AudioDecoder> decoder);

    std::unique_ptr<AudioDecoder> m_decoder;
};

} // namespace heliograph
