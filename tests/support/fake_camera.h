// An RTSP camera whose every oddity can be chosen: it proves what our client puts up with. Its
// pictures have true parameter sets and slices that nobody decodes.
// Thread: the constructor, the destructor and the members on one; the work on its own.
#pragma once

#include "access/credentials.h"

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace heliograph::test {

struct CameraManner {
    enum class Login { None, Basic, Digest };
    Login login = Login::None;
    DigestAlgorithm algorithm = DigestAlgorithm::Md5;
    bool qop = false; // it insists on it
    bool staleOnce = false; // the first nonce is too old as soon as it is used
    bool ownNonces = false; // a nonce is good on its connection only, as live555 has it
    bool hangsUpBehind401 = false;
    std::string user = "ann";
    std::string password = "sesame";

    bool tcp = true;
    bool udp = true;
    bool udpIsSilent = false; // a firewall
    bool tellsServerPorts = true;
    bool sendsFromOtherPort = false;
    std::size_t setUpsToHangUpAt = 0; // so many, the first: it is busy with who called before

    std::string path = "/cam";
    std::string base; // of Content-Base; "none": the header is absent; empty: the URL with a slash
    std::string location; // of Content-Location; empty: absent
    std::string redirect; // of Location in a 302 for any other path; empty: 404
    std::string control = "trackID=0";
    std::string methods = "OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN, GET_PARAMETER";
    int timeout = 0; // s, of the session; 0: not said
    std::string origin = "o=- 1 1 IN IP4 127.0.0.1";
    std::string format = "packetization-mode=1"; // the fmtp of the pictures
    bool pictures = true;
    bool sound = false;
    std::string soundFormat = "streamtype=5;profile-level-id=1;mode=AAC-hbr;sizelength=13;"
                              "indexlength=3;indexdeltalength=3;config=1190";
    std::chrono::milliseconds silence{0}; // before each answer: a hung camera
    bool neverAnswers = false;
};

class FakeCamera {
public:
    explicit FakeCamera(CameraManner manner = {});
    ~FakeCamera();

    std::uint16_t port() const;
    std::string url() const; // without a login

    // From now on.
    void setPictures(bool flowing) { m_pictures = flowing; }
    void setSound(bool flowing) { m_sound = flowing; }
    void useOtherSps() { m_otherSps = true; } // of 160x120 instead of 320x240
    void jump(std::chrono::milliseconds time) { m_jump += time.count(); } // RTP times
    void setClock(std::chrono::milliseconds ahead) { m_ahead = ahead.count(); } // sender reports
    void hang() { m_hangs = true; } // answers nothing more
    void hangUp() { m_hangUp = true; } // all connections

    struct Heard {
        std::string method;
        std::string url;
        std::string transport; // of a SETUP
        std::string authorization;
        std::chrono::steady_clock::time_point time;
    };
    std::vector<Heard> heard() const;
    std::size_t count(const std::string &method) const;
    int reports() const { return m_reports; } // receiver reports that came over TCP

private:
    struct Inside;
    void run(const std::stop_token &stop);

    const CameraManner m_manner;
    std::atomic<bool> m_pictures{true};
    std::atomic<bool> m_sound{true};
    std::atomic<bool> m_otherSps{false};
    std::atomic<bool> m_hangs{false};
    std::atomic<bool> m_hangUp{false};
    std::atomic<int> m_reports{0};
    std::atomic<std::int64_t> m_jump{0};
    std::atomic<std::int64_t> m_ahead{0};
    mutable std::mutex m_mutex;
    std::vector<Heard> m_heard;
    std::unique_ptr<Inside> m_inside;
    std::jthread m_thread;
};

} // namespace heliograph::test
