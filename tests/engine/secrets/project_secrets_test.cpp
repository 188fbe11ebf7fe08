// Which passwords of a project are kept, found and forgotten.
#include "engine/secret_store.h"
#include "temporary_folder.h"

#include <fstream>
#include <gtest/gtest.h>

namespace heliograph {

namespace {

Project projectWith(const std::string &mount, std::vector<User> users)
{
    Project project;
    project.sources.push_back(
        {{"Cam", "webcam", {}}, {mount, Audience::MyNetworkWithPassword, std::move(users)}, true});
    return project;
}

User user(const std::string &name, const std::string &password)
{
    return {name, Secret(password), {}};
}

Project projectWithKey(const std::string &mount, const SettingValue &key)
{
    Project project;
    project.sources.push_back({{"Encoder", "rtmp", {{"key", key}}}, {mount}, true});
    return project;
}

struct ProjectSecrets : testing::Test {
    TemporaryFolder folder;
    std::unique_ptr<SecretStore> store = openSecretFile(folder / "h" / "secrets.toml");

    std::string kept(const std::string &mount, const std::string &name) const
    {
        const auto found = store->find(secretKey(mount, name)).value();
        return found ? found->reveal() : "nothing";
    }
    std::string keptKey(const std::string &mount) const
    {
        const auto found = store->find(settingSecretKey(mount, "key")).value();
        return found ? found->reveal() : "nothing";
    }
};

} // namespace

TEST_F(ProjectSecrets, ComeBackToTheUsersTheyBelongTo)
{
    const Project project = projectWith("cam", {user("ann", "one"), user("bob", "two")});
    ASSERT_TRUE(keepSecrets({}, project, *store));
    Project loaded = projectWith("cam", {user("bob", ""), user("ann", ""), user("eve", "")});
    ASSERT_TRUE(fetchSecrets(loaded, *store));
    EXPECT_EQ(loaded,
              projectWith("cam", {user("bob", "two"), user("ann", "one"), user("eve", "")}));
}

TEST_F(ProjectSecrets, MoveWithTheMount)
{
    const Project before = projectWith("cam", {user("ann", "one")});
    ASSERT_TRUE(keepSecrets({}, before, *store));
    ASSERT_TRUE(keepSecrets(before, projectWith("front/door", {user("ann", "one")}), *store));
    EXPECT_EQ("one", kept("front/door", "ann"));
    EXPECT_EQ("nothing", kept("cam", "ann"));
}

TEST_F(ProjectSecrets, AreForgottenWithTheirUserAndWithTheirSource)
{
    const Project both = projectWith("cam", {user("ann", "one"), user("bob", "two")});
    const Project one = projectWith("cam", {user("bob", "three")});
    ASSERT_TRUE(keepSecrets({}, both, *store));
    ASSERT_TRUE(keepSecrets(both, one, *store));
    EXPECT_EQ("nothing", kept("cam", "ann"));
    EXPECT_EQ("three", kept("cam", "bob"));
    ASSERT_TRUE(keepSecrets(one, Project{}, *store));
    EXPECT_EQ("nothing", kept("cam", "bob"));
}

TEST_F(ProjectSecrets, OneThatNobodyKnowsAtTheMomentIsNotLost)
{
    const Project known = projectWith("cam", {user("ann", "one")});
    const Project unknown = projectWith("cam", {user("ann", "")});
    ASSERT_TRUE(keepSecrets({}, known, *store));
    ASSERT_TRUE(keepSecrets(known, unknown, *store));
    EXPECT_EQ("one", kept("cam", "ann"));
}

TEST_F(ProjectSecrets, OfSettingsComeBackMoveAndAreTakenAway)
{
    const Project before = projectWithKey("cam", Secret("one"));
    ASSERT_TRUE(keepSecrets({}, before, *store));
    Project loaded = projectWithKey("cam", Secret());
    ASSERT_TRUE(fetchSecrets(loaded, *store));
    EXPECT_EQ(before, loaded);
    const Project moved = projectWithKey("door", Secret("one"));
    ASSERT_TRUE(keepSecrets(before, moved, *store));
    EXPECT_EQ("nothing", keptKey("cam"));
    EXPECT_EQ("one", keptKey("door"));
    ASSERT_TRUE(keepSecrets(projectWithKey("door", Secret()), projectWithKey("door", Secret()),
                            *store)); // it was not known at the moment
    EXPECT_EQ("one", keptKey("door"));
    ASSERT_TRUE(keepSecrets(moved, projectWithKey("door", Secret()), *store));
    EXPECT_EQ("nothing", keptKey("door"));
}

TEST_F(ProjectSecrets, OfSettingsAreNotInTheProjectFile)
{
    const auto file = folder / "project.toml";
    ASSERT_TRUE(saveProject(projectWithKey("cam", Secret("sesame")), file));
    std::ifstream stream(file);
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    EXPECT_NE(std::string::npos, text.find("rtmp"));
    EXPECT_EQ(std::string::npos, text.find("sesame"));
    EXPECT_TRUE(loadProject(file).value().sources[0].source.settings.empty());
}

TEST_F(ProjectSecrets, OneThatWasTypedIsNotReplacedByTheKeptOne)
{
    ASSERT_TRUE(keepSecrets({}, projectWith("cam", {user("ann", "old")}), *store));
    Project typed = projectWith("cam", {user("ann", "new")});
    ASSERT_TRUE(fetchSecrets(typed, *store));
    EXPECT_EQ("new", typed.sources[0].publish.users[0].password.reveal());
}

} // namespace heliograph
