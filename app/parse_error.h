// What is wrong with a command line, without the values that were typed: one of them may be a
// password at the wrong place.
// Thread: main (a pure function).
#pragma once

#include <algorithm>
#include <cctype>
#include <string>
#include <vector>

namespace heliograph {

// The values of the command line, longest first so that none hides inside another.
inline std::vector<std::string> typedValues(int argc, const char *const *argv)
{
    std::vector<std::string> values;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        const std::size_t equals = word.find('=');
        if (!word.starts_with("--")) // also "-pPASSWORD"
            values.push_back(word);
        else if (equals != std::string::npos)
            values.push_back(word.substr(equals + 1));
    }
    std::sort(values.begin(), values.end(),
              [](const auto &a, const auto &b) { return a.size() > b.size(); });
    return values;
}

// Only whole words: the value "a" leaves "has" as it is, "help" leaves "--help", and "1" leaves
// "0.1".
inline std::string withoutValues(std::string message, int argc, const char *const *argv)
{
    const auto isWordAt = [&](std::size_t at) {
        return at < message.size() && std::isalnum(static_cast<unsigned char>(message[at]));
    };
    const auto goesOnAt = [&](std::size_t at) {
        return isWordAt(at) || message[at] == '-' || message[at] == '.';
    };
    for (const std::string &value : typedValues(argc, argv))
        for (std::size_t at = 0;
             !value.empty() && (at = message.find(value, at)) != std::string::npos;) {
            if ((at > 0 && goesOnAt(at - 1)) || isWordAt(at + value.size())) {
                at += value.size();
                continue;
            }
            message.replace(at, value.size(), "…");
        }
    return message;
}

} // namespace heliograph
