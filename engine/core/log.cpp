#include "core/log.h"

#include "engine/studio.h"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

namespace heliograph {

namespace {

spdlog::level::level_enum toSpdlog(LogLevel level)
{
    switch (level) {
    case LogLevel::Quiet:
        return spdlog::level::err;
    case LogLevel::Normal:
        return spdlog::level::warn;
    case LogLevel::Verbose:
        return spdlog::level::debug;
    }
    return spdlog::level::warn;
}

} // namespace

Log::Log(LogLevel level)
    : m_logger(std::make_shared<spdlog::logger>(
        "heliograph", std::make_shared<spdlog::sinks::stderr_color_sink_mt>()))
{
    m_logger->set_pattern("%Y-%m-%d %H:%M:%S.%e %^%l%$ %v");
    m_logger->set_level(toSpdlog(level));
}

Log::~Log() = default;

bool Log::isVerbose() const
{
    return m_logger->should_log(spdlog::level::debug);
}

void Log::writeDebug(std::string_view line)
{
    m_logger->debug(line);
}

void Log::writeInfo(std::string_view line)
{
    m_logger->info(line);
}

void Log::writeWarning(std::string_view line)
{
    m_logger->warn(line);
}

} // namespace heliograph
