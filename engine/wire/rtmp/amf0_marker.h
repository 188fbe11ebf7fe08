// The byte in front of each AMF0 value (AMF0 specification, section 2.1).
// Thread: any (values).
#pragma once

#include <cstdint>

namespace heliograph::rtmp::amf0 {

enum class Marker : std::uint8_t {
    Number = 0x00,
    Boolean = 0x01,
    String = 0x02,
    Object = 0x03,
    MovieClip = 0x04, // reserved
    Null = 0x05,
    Undefined = 0x06,
    Reference = 0x07,
    EcmaArray = 0x08,
    ObjectEnd = 0x09,
    StrictArray = 0x0a,
    Date = 0x0b,
    LongString = 0x0c,
    Unsupported = 0x0d,
    RecordSet = 0x0e, // reserved
    XmlDocument = 0x0f,
    TypedObject = 0x10,
    Amf3 = 0x11, // one value of AMF3 follows
};

} // namespace heliograph::rtmp::amf0
