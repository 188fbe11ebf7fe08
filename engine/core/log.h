// The log: one line a happening, to standard error. Never a password, stream key or token.
// Thread: any. Owner: the composition root makes one; everyone else borrows a reference.
#pragma once

#include <memory>
#include <spdlog/fmt/fmt.h>
#include <string>
#include <string_view>

namespace spdlog {
class logger;
}

namespace heliograph {

enum class LogLevel : int;

class Log {
public:
    explicit Log(LogLevel level);
    ~Log();

    template <class... Args>
    void debug(fmt::format_string<Args...> text, Args &&...args)
    {
        if (isVerbose())
            writeDebug(fmt::format(text, std::forward<Args>(args)...));
    }
    template <class... Args>
    void info(fmt::format_string<Args...> text, Args &&...args)
    {
        writeInfo(fmt::format(text, std::forward<Args>(args)...));
    }
    template <class... Args>
    void warn(fmt::format_string<Args...> text, Args &&...args)
    {
        writeWarning(fmt::format(text, std::forward<Args>(args)...));
    }

private:
    bool isVerbose() const;
    void writeDebug(std::string_view line);
    void writeInfo(std::string_view line);
    void writeWarning(std::string_view line);

    std::shared_ptr<spdlog::logger> m_logger;
};

} // namespace heliograph
