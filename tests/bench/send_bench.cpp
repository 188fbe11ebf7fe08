// The kernel's price of a picture over UDP, by the ways of handing it over: a call for each viewer,
// one for many viewers, and io_uring's queue.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cstring>
#include <liburing.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace {

constexpr int viewers = 300;
constexpr std::size_t pictureBytes = 10'400; // 2.5 Mbit/s at 30 pictures a second
constexpr std::uint16_t segment = 1412;

class Socket {
public:
    Socket()
        : fd(::socket(AF_INET, SOCK_DGRAM, 0))
    {
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof address;
        if (fd < 0 || ::bind(fd, reinterpret_cast<sockaddr *>(&address), length) != 0
            || ::getsockname(fd, reinterpret_cast<sockaddr *>(&address), &length) != 0)
            throw std::runtime_error("no socket");
    }
    ~Socket() { ::close(fd); }

    void drain()
    {
        std::array<char, 2048> buffer;
        while (::recv(fd, buffer.data(), buffer.size(), MSG_DONTWAIT) > 0) {
        }
    }

    int fd;
    sockaddr_in address{};
};

// A message for each viewer, cut by the kernel.
class Messages {
public:
    Messages()
        : receivers(viewers)
        , picture(pictureBytes, 'x')
    {
        for (int i = 0; i < viewers; ++i)
            prepare(i);
    }

    void drain()
    {
        for (Socket &receiver : receivers)
            receiver.drain();
    }

    Socket sender;
    std::vector<Socket> receivers;
    std::vector<char> picture;
    iovec part{};
    struct alignas(cmsghdr) Control {
        std::array<char, CMSG_SPACE(sizeof segment)> bytes{};
    };
    std::array<Control, viewers> controls{};
    std::array<mmsghdr, viewers> rows{};

private:
    void prepare(int i)
    {
        part = {picture.data(), picture.size()};
        msghdr &header = rows[i].msg_hdr;
        header.msg_name = &receivers[i].address;
        header.msg_namelen = sizeof receivers[i].address;
        header.msg_iov = &part;
        header.msg_iovlen = 1;
        header.msg_control = controls[i].bytes.data();
        header.msg_controllen = controls[i].bytes.size();
        cmsghdr *control = CMSG_FIRSTHDR(&header);
        control->cmsg_level = IPPROTO_UDP;
        control->cmsg_type = UDP_SEGMENT;
        control->cmsg_len = CMSG_LEN(sizeof segment);
        std::memcpy(CMSG_DATA(control), &segment, sizeof segment);
    }
};

template <class Send>
void measure(benchmark::State &state, Send send)
{
    Messages messages;
    for (auto _ : state) {
        send(messages);
        state.PauseTiming();
        messages.drain();
        state.ResumeTiming();
    }
    state.counters["us_per_viewer"] =
        benchmark::Counter(double(state.iterations()) * viewers / 1e6,
                           benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void rowsOf(benchmark::State &state)
{
    const auto size = unsigned(state.range(0));
    measure(state, [size](Messages &messages) {
        for (unsigned done = 0; done < viewers; done += size)
            if (::sendmmsg(messages.sender.fd, &messages.rows[done], std::min(size, viewers - done),
                           MSG_DONTWAIT)
                <= 0)
                throw std::runtime_error(std::strerror(errno));
    });
}
BENCHMARK(rowsOf)->Arg(1)->Arg(8)->Arg(64)->Arg(300);

void ioUring(benchmark::State &state)
{
    const auto size = unsigned(state.range(0));
    io_uring ring{};
    if (::io_uring_queue_init(512, &ring, 0) != 0) {
        state.SkipWithError("this system has no io_uring");
        return;
    }
    measure(state, [&](Messages &messages) {
        for (unsigned done = 0; done < viewers; done += size) {
            const unsigned count = std::min(size, viewers - done);
            for (unsigned i = 0; i < count; ++i)
                ::io_uring_prep_sendmsg(::io_uring_get_sqe(&ring), messages.sender.fd,
                                        &messages.rows[done + i].msg_hdr, MSG_DONTWAIT);
            ::io_uring_submit_and_wait(&ring, count);
            ::io_uring_cq_advance(&ring, count);
        }
    });
    ::io_uring_queue_exit(&ring);
}
BENCHMARK(ioUring)->Arg(8)->Arg(64)->Arg(300);

} // namespace
