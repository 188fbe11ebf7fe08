#include "net/reach.h"

#include <asio/connect.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>

#include <optional>

namespace heliograph::net {

namespace {

using asio::ip::tcp;

constexpr std::chrono::milliseconds slice(50); // how soon a stop is noticed

ErrorCode codeOf(const asio::error_code &problem)
{
    if (problem == asio::error::connection_refused)
        return ErrorCode::ConnectionRefused;
    if (problem == asio::error::host_unreachable || problem == asio::error::network_unreachable)
        return ErrorCode::HostUnreachable;
    if (problem == asio::error::timed_out)
        return ErrorCode::Timeout;
    if (problem == asio::error::host_not_found || problem == asio::error::host_not_found_try_again
        || problem == asio::error::no_data)
        return ErrorCode::HostUnknown;
    return ErrorCode::ConnectionLost;
}

} // namespace

Result<> reach(const std::string &host, std::uint16_t port, std::chrono::milliseconds patience,
               const std::stop_token &stop)
{
    asio::io_context context;
    tcp::resolver resolver(context);
    tcp::socket socket(context);
    std::optional<asio::error_code> outcome;
    resolver.async_resolve(
        host, std::to_string(port),
        [&](const asio::error_code &problem, const tcp::resolver::results_type &addresses) {
            if (problem)
                outcome = problem;
            else
                asio::async_connect(socket, addresses,
                                    [&](const asio::error_code &done, auto) { outcome = done; });
        });
    const auto end = std::chrono::steady_clock::now() + patience;
    while (!outcome && !stop.stop_requested() && std::chrono::steady_clock::now() < end)
        context.run_for(slice);
    if (stop.stop_requested())
        return failure(ErrorCode::Cancelled);
    const std::string place = host + ":" + std::to_string(port);
    if (!outcome)
        return failure(ErrorCode::Timeout, place);
    return *outcome ? failure(codeOf(*outcome), place) : Result<>();
}

} // namespace heliograph::net
