// A password or a stream key. It has no way into a stream, a log or a sentence: whoever needs the
// text says reveal().
// Thread: any (value). Owner: whoever holds the value.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace heliograph {

class Secret {
public:
    Secret() = default;
    explicit Secret(std::string text)
        : m_text(std::move(text))
    {
    }

    const std::string &reveal() const { return m_text; }
    bool empty() const { return m_text.empty(); }
    bool operator==(const Secret &) const = default;

private:
    std::string m_text;
};

// A text from outside as it may be shown: in every URL, who logs in and what is asked are gone.
// "rtsp://ann:sesame@host/cam?token=x" gives "rtsp://…@host/cam?…".
std::string maskCredentials(std::string_view text);

} // namespace heliograph
