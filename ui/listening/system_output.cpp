#include "listening/system_output.h"

#include <QAudioDevice>
#include <QAudioSink>
#include <QCoreApplication>
#include <QMediaDevices>
#include <algorithm>

namespace heliograph::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(SystemOutput)
};

constexpr qint64 bufferTime = 200'000; // microseconds

// Sound servers offer one that plays into nothing where there is no other, and prefer it for a
// moment when there is one again.
bool isReal(const QAudioDevice &device)
{
    return !device.isNull() && device.id() != "auto_null";
}

// Null: none.
QAudioDevice preferredOutput()
{
    QAudioDevice preferred = QMediaDevices::defaultAudioOutput();
    if (isReal(preferred))
        return preferred;
    const QList<QAudioDevice> all = QMediaDevices::audioOutputs();
    const auto other = std::ranges::find_if(all, isReal);
    return other == all.end() ? QAudioDevice() : *other;
}

QAudioFormat formatOf(const SoundShape &shape)
{
    QAudioFormat format;
    format.setSampleRate(shape.sampleRate);
    format.setChannelCount(shape.channels);
    format.setSampleFormat(QAudioFormat::Float);
    return format;
}

class SystemOutput final : public SoundOutput {
public:
    SystemOutput(const QAudioDevice &device, const QAudioFormat &format)
        : m_device(device)
        , m_sink(device, format)
    {
        m_sink.setBufferSize(format.bytesForDuration(bufferTime));
        m_in = m_sink.start();
    }
    ~SystemOutput() override { m_sink.stop(); }

    std::size_t room() const override
    {
        return std::size_t(std::max<qsizetype>(0, m_sink.bytesFree())) / sizeof(float);
    }
    void write(std::span<const float> samples) override
    {
        m_in->write(reinterpret_cast<const char *>(samples.data()), qint64(samples.size_bytes()));
    }
    bool isThirsty() const override { return m_sink.state() == QAudio::IdleState; }
    bool isWorking() const override
    {
        return m_in && m_sink.state() != QAudio::StoppedState && m_device == preferredOutput();
    }

private:
    const QAudioDevice m_device;
    QAudioSink m_sink;
    QIODevice *m_in = nullptr; // the sink's; null: it did not open
};

} // namespace

tl::expected<std::unique_ptr<SoundOutput>, QString> openSystemOutput(const SoundShape &shape)
{
    const QAudioDevice device = preferredOutput();
    if (device.isNull())
        return tl::unexpected(Words::tr("This computer has no sound output. Plug in headphones or "
                                        "loudspeakers: you hear the source as soon as they are "
                                        "there."));
    auto output = std::make_unique<SystemOutput>(device, formatOf(shape));
    if (!output->isWorking())
        return tl::unexpected(Words::tr("The sound output “%1” cannot be used. Choose another one "
                                        "in the system's sound settings: Heliograph keeps trying.")
                                  .arg(device.description()));
    return output;
}

} // namespace heliograph::ui
