// A microphone that another program holds. No sound card is needed: GStreamer is given one whose
// node is an ordinary file, which opens only for who can lock it.
#include "core/holder.h"
#include "support/folder.h"
#include "support/test_studio.h"

#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <gst/base/gstbasesrc.h>
#include <gst/gst.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace heliograph;

namespace {

std::string s_node; // the file

// Another program: "sleep", with the file open and locked.
class Holder {
public:
    explicit Holder(const std::string &file)
    {
        const std::string script = "exec 9<" + file + "; flock -x 9; exec sleep 100";
        const char *arguments[] = {"sh", "-c", script.c_str(), nullptr};
        EXPECT_EQ(0,
                  posix_spawnp(&m_process, "sh", nullptr, nullptr,
                               const_cast<char *const *>(arguments), environ));
    }
    ~Holder() { letGo(); }
    void letGo()
    {
        if (m_process == 0)
            return;
        kill(m_process, SIGKILL);
        waitpid(m_process, nullptr, 0);
        m_process = 0;
    }
    std::string name() const { return "sleep (process " + std::to_string(m_process) + ")"; }

private:
    pid_t m_process = 0;
};

// Opens like a sound card: exclusively.
struct TakenSource {
    GstBaseSrc parent;
};
struct TakenSourceClass {
    GstBaseSrcClass parent;
};
GType takenSourceType();

gboolean refuse(GstBaseSrc *source)
{
    GST_ELEMENT_ERROR(source, RESOURCE, BUSY, ("Device is being used by another application."),
                      (nullptr));
    return FALSE;
}

void initSource(gpointer type, gpointer)
{
    GST_BASE_SRC_CLASS(type)->start = refuse;
    gst_element_class_add_pad_template(
        GST_ELEMENT_CLASS(type),
        gst_pad_template_new("src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_CAPS_ANY));
}

GType takenSourceType()
{
    static const GType type =
        g_type_register_static_simple(GST_TYPE_BASE_SRC, "TakenSource", sizeof(TakenSourceClass),
                                      initSource, sizeof(TakenSource), nullptr, GTypeFlags(0));
    return type;
}

GstElement *openCard(GstDevice *, const gchar *)
{
    const int file = open(s_node.c_str(), O_RDONLY);
    const bool isFree = flock(file, LOCK_EX | LOCK_NB) == 0;
    close(file);
    if (!isFree)
        return GST_ELEMENT(g_object_new(takenSourceType(), nullptr));
    GstElement *tone = gst_element_factory_make("audiotestsrc", nullptr);
    g_object_set(tone, "is-live", TRUE, nullptr);
    return tone;
}

struct CardClass {
    GstDeviceClass parent;
};
struct Card {
    GstDevice parent;
};

GstDevice *makeCard()
{
    static const GType type = g_type_register_static_simple(
        GST_TYPE_DEVICE, "Card", sizeof(CardClass),
        [](gpointer made, gpointer) { GST_DEVICE_CLASS(made)->create_element = openCard; },
        sizeof(Card), nullptr, GTypeFlags(0));
    GstStructure *properties =
        gst_structure_new("card", "device.path", G_TYPE_STRING, s_node.c_str(), nullptr);
    GstCaps *caps = gst_caps_new_empty_simple("audio/x-raw");
    auto *card =
        GST_DEVICE(g_object_new(type, "display-name", "Card", "device-class", "Audio/Source",
                                "caps", caps, "properties", properties, nullptr));
    gst_caps_unref(caps);
    gst_structure_free(properties);
    return card;
}

struct CardProvider {
    GstDeviceProvider parent;
};
struct CardProviderClass {
    GstDeviceProviderClass parent;
};

gboolean offerCard(GstDeviceProvider *provider)
{
    gst_device_provider_device_add(provider, makeCard());
    return TRUE;
}

void initProvider(gpointer type, gpointer)
{
    GST_DEVICE_PROVIDER_CLASS(type)->start = offerCard;
    GST_DEVICE_PROVIDER_CLASS(type)->stop = [](GstDeviceProvider *) {};
    gst_device_provider_class_set_static_metadata(GST_DEVICE_PROVIDER_CLASS(type), "Cards",
                                                  "Source/Audio", "One card", "Heliograph");
}

// For this process, before anybody looks for devices.
void plugCard()
{
    gst_init(nullptr, nullptr);
    const GType type = g_type_register_static_simple(GST_TYPE_DEVICE_PROVIDER, "CardProvider",
                                                     sizeof(CardProviderClass), initProvider,
                                                     sizeof(CardProvider), nullptr, GTypeFlags(0));
    ASSERT_TRUE(gst_device_provider_register(nullptr, "cards", GST_RANK_PRIMARY, type));
}

std::string makeNode(const test::Folder &folder)
{
    std::string file = (folder.path() / "pcmC7D0c").string();
    std::ofstream(file).put('x');
    return file;
}

template <class Condition>
bool comesTrue(Condition condition)
{
    for (int tries = 0; tries < 3000 && !condition(); ++tries)
        usleep(10'000);
    return condition();
}

} // namespace

TEST(Holder, IsNamedWhileItHoldsAFile)
{
    const test::Folder folder;
    const std::string file = makeNode(folder);
    Holder holder(file);
    EXPECT_TRUE(comesTrue([&] { return holderOf({file}) == holder.name(); })) << holderOf({file});
    EXPECT_EQ(holder.name(), holderOf({"/dev/null/none", file}));
    holder.letGo();
    EXPECT_EQ("another user's program", holderOf({file}));
}

TEST(BusyMicrophone, NamesItsHolderAndStartsByItselfWhenItIsLetGo)
{
    const test::Folder folder;
    s_node = makeNode(folder);
    plugCard();
    Holder holder(s_node);
    ASSERT_TRUE(comesTrue([&] { return holderOf({s_node}) == holder.name(); }));
    test::TestStudio studio;
    studio->addSource({"mic", "microphone", {}}, nullptr);
    const auto stateIs = [](HealthState state) {
        return [state](const Snapshot &s) {
            return !s.sources.empty() && s.sources[0].health.state == state;
        };
    };
    const auto taken = studio.waitFor(stateIs(HealthState::Retrying));
    ASSERT_EQ(ErrorCode::DeviceBusy, taken->sources[0].health.error->code);
    EXPECT_EQ(holder.name(), taken->sources[0].health.error->detail);
    holder.letGo();
    EXPECT_TRUE(studio.waitFor(stateIs(HealthState::Ok)));
}
