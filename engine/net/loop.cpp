#include "net/loop.h"

#include <asio/executor_work_guard.hpp>
#include <asio/io_context.hpp>
#include <asio/post.hpp>
#include <optional>
#include <thread>

namespace heliograph::net {

struct Loop::Impl {
    // One thread runs it: Asio may leave out its locks between handlers, not around post().
    asio::io_context context{1};
    std::optional<asio::executor_work_guard<asio::io_context::executor_type>> work;
    std::thread thread;
};

Loop::Loop()
    : m_impl(std::make_unique<Impl>())
{
}

Loop::~Loop()
{
    stop();
}

void Loop::start()
{
    m_impl->work.emplace(m_impl->context.get_executor());
    m_impl->thread = std::thread([this] { m_impl->context.run(); });
}

void Loop::runReady()
{
    m_impl->context.restart();
    m_impl->context.poll();
}

void Loop::stop()
{
    if (!m_impl->thread.joinable())
        return;
    post([this] { m_impl->context.stop(); });
    m_impl->thread.join();
    m_impl->work.reset();
}

void Loop::post(std::function<void()> task)
{
    asio::post(m_impl->context, std::move(task));
}

asio::io_context &Loop::context()
{
    return m_impl->context;
}

} // namespace heliograph::net
