// GStreamer's reference-counted objects as C++ owners.
// Thread: any.
#pragma once

#include <gst/gst.h>
#include <memory>

namespace heliograph::gst {

struct Unref {
    void operator()(GstObject *object) const { gst_object_unref(object); }
    void operator()(GstElement *element) const { gst_object_unref(element); }
    void operator()(GstBus *bus) const { gst_object_unref(bus); }
    void operator()(GstPad *pad) const { gst_object_unref(pad); }
    void operator()(GstDevice *device) const { gst_object_unref(device); }
    void operator()(GstDeviceProvider *provider) const { gst_object_unref(provider); }
    void operator()(GstDeviceProviderFactory *factory) const { gst_object_unref(factory); }
    void operator()(GstCaps *caps) const { gst_caps_unref(caps); }
    void operator()(GstSample *sample) const { gst_sample_unref(sample); }
    void operator()(GstMessage *message) const { gst_message_unref(message); }
    void operator()(GstStructure *structure) const { gst_structure_free(structure); }
    void operator()(GError *error) const { g_error_free(error); }
    void operator()(gchar *text) const { g_free(text); }
};

template <class T>
using Handle = std::unique_ptr<T, Unref>;

} // namespace heliograph::gst
