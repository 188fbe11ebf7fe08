// What a person has set up, as it is saved: sources, where they are published, and the servers.
// The studio writes the TOML file, and the command line reads the same one.
// Thread: any (values); loadProject and saveProject block on the disk.
#pragma once

#include "engine/error.h"
#include "engine/secret.h"
#include "engine/settings.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace heliograph {

enum class Audience {
    ThisComputer, // only players on this computer
    MyNetwork, // everybody who can reach this computer
    MyNetworkWithPassword, // who can reach this computer and proves to be one of the users
};

// What a user of a mount may do.
struct Roles {
    bool watch = true;
    bool publish = false; // send pictures to it
    bool control = false; // change it from afar
    bool operator==(const Roles &) const = default;
};

struct User {
    std::string name; // 1 to 64 printable characters, no ':' and no '"'
    Secret password; // never written to the project file
    Roles roles;
    bool operator==(const User &) const = default;
};

// What viewers see while a source is lost.
enum class WhileLost {
    Name, // a picture with the mount's name and "back soon"
    LastPicture, // the last one that came
    Image, // one of the person's own
    Nothing, // nothing is sent
};

struct PublishConfig {
    std::string mount; // the path of the URL, without a leading slash: "cam"
    Audience audience = Audience::ThisComputer;
    std::vector<User> users; // who may come in when the audience needs a password
    bool multicast = false; // may also be received from a multicast group (audience MyNetwork only)
    bool rests = true; // the encoder does, while nobody watches
    WhileLost whileLost = WhileLost::Name;
    std::string lostImage; // the path of the picture, for WhileLost::Image
    bool operator==(const PublishConfig &) const = default;
};

struct SourceConfig {
    std::string name; // what a person calls it: "Workshop"
    std::string type; // the SourceTypeInfo's id: "webcam"
    Settings settings; // keys of the type's schema; what is missing has its fallback
    bool operator==(const SourceConfig &) const = default;
};

struct OutputConfig {
    std::string type; // the OutputTypeInfo's id: "rtsp"
    Settings settings; // keys of the type's schema
    bool operator==(const OutputConfig &) const = default;
};

struct ProjectSource {
    SourceConfig source;
    PublishConfig publish; // where it goes when it is published
    bool published = false;
    bool operator==(const ProjectSource &) const = default;
};

struct Project {
    std::vector<ProjectSource> sources;
    std::vector<OutputConfig> outputs;
    std::vector<std::string> banned; // addresses
    bool operator==(const Project &) const = default;
};

// $XDG_CONFIG_HOME/heliograph/project.toml, or ~/.config/heliograph/project.toml.
std::filesystem::path defaultProjectPath();

// Errors: NotFound (no such file), FileIsFolder, FileUnreadable, FileBroken (detail: "line 3,
// column 7: …"), FileTooNew.
Result<Project> loadProject(const std::filesystem::path &file);

// Writes beside the file and renames, so that a crash leaves the old one whole. Makes the folder.
// Refuses to replace a file that loadProject calls broken or too new.
// Errors: FileIsFolder, FileUnreadable, FileBroken, FileTooNew, PermissionDenied.
Result<> saveProject(const Project &project, const std::filesystem::path &file);

// Random, and can be said aloud (48 bits): "lusab-babad-gutih".
Secret makePassword();
// "viewer", with such a password.
User makeViewer();
// Errors: InvalidArgument, whose detail says what is wrong with it.
Result<> checkUser(const User &user);

// "/Front Door/" is refused with a sentence, "front-door" comes back as it is; a leading and a
// trailing slash are dropped. Allowed: letters, digits, "-_.~", "/" between parts; 1 to 100 bytes.
Result<std::string> normalizeMount(std::string_view text);

} // namespace heliograph
