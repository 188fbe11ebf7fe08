#include "listening/sound_player.h"

#include <algorithm>
#include <chrono>

namespace heliograph::ui {

namespace {

using namespace std::chrono_literals;

constexpr auto stepTime = 10ms;
constexpr auto lookTime = 1s; // for an output that is gone, or another one
constexpr auto cushion = 100ms; // what waits before it is played: sources deliver in pieces
constexpr auto mostWaiting = 300ms;

} // namespace

SoundPlayer::SoundPlayer(OpenOutput open)
    : m_open(std::move(open))
    , m_step(this)
    , m_look(this)
{
    m_step.setTimerType(Qt::PreciseTimer);
    connect(&m_step, &QTimer::timeout, this, &SoundPlayer::play);
    connect(&m_look, &QTimer::timeout, this, &SoundPlayer::look);
}

SoundPlayer::~SoundPlayer()
{
    listenTo(nullptr);
}

void SoundPlayer::listenTo(std::shared_ptr<SoundTap> tap)
{
    if (m_tap)
        m_tap->setWanted(false);
    m_tap = std::move(tap);
    m_waiting.clear();
    m_isFilling = true;
    m_told.reset();
    if (!m_tap) {
        m_step.stop();
        m_look.stop();
        m_output.reset();
        return;
    }
    m_tap->setWanted(true);
    m_step.start(stepTime);
    m_look.start(lookTime);
}

void SoundPlayer::play()
{
    for (HeardSound &sound : m_tap->take())
        take(std::move(sound));
    if (!m_output)
        return;
    m_isFilling = (m_isFilling || m_output->isThirsty()) && m_waiting.size() < samplesIn(cushion);
    if (m_isFilling)
        return;
    const auto channels = std::size_t(m_shape.channels);
    const std::size_t count = std::min(m_output->room(), m_waiting.size()) / channels * channels;
    m_output->write(std::span(m_waiting).first(count));
    m_waiting.erase(m_waiting.begin(), m_waiting.begin() + std::ptrdiff_t(count));
}

// The newest counts: where the output's clock is slower than the source's, or it stands still, what
// has waited for long is left out.
void SoundPlayer::take(HeardSound sound)
{
    if (const SoundShape shape{sound.sampleRate, sound.channels}; shape != m_shape) {
        m_shape = shape;
        m_waiting.clear();
        m_isFilling = true;
        m_output.reset();
        look();
    }
    m_waiting.insert(m_waiting.end(), sound.samples.begin(), sound.samples.end());
    if (m_waiting.size() > samplesIn(mostWaiting))
        m_waiting.erase(m_waiting.begin(), m_waiting.end() - std::ptrdiff_t(samplesIn(cushion)));
}

// Before the first sound comes nobody knows what to open.
void SoundPlayer::look()
{
    if (m_shape == SoundShape{} || (m_output && m_output->isWorking()))
        return;
    m_output.reset(); // first: it may be the only one
    auto opened = m_open(m_shape);
    const QString problem = opened ? QString() : opened.error();
    if (opened)
        m_output = *std::move(opened);
    m_isFilling = true;
    tell(problem);
}

void SoundPlayer::tell(const QString &problem)
{
    if (m_told == problem)
        return;
    m_told = problem;
    emit told(problem);
}

std::size_t SoundPlayer::samplesIn(std::chrono::milliseconds time) const
{
    return std::size_t(m_shape.sampleRate * time.count() / 1000) * std::size_t(m_shape.channels);
}

} // namespace heliograph::ui
