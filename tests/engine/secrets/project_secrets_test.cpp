// Which passwords of a project are kept, found and forgotten.
#include "engine/secret_store.h"
#include "temporary_folder.h"

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

struct ProjectSecrets : testing::Test {
    TemporaryFolder folder;
    std::unique_ptr<SecretStore> store = openSecretFile(folder / "h" / "secrets.toml");

    std::string kept(const std::string &mount, const std::string &name) const
    {
        const auto found = store->find(secretKey(mount, name)).value();
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

TEST_F(ProjectSecrets, OneThatWasTypedIsNotReplacedByTheKeptOne)
{
    ASSERT_TRUE(keepSecrets({}, projectWith("cam", {user("ann", "old")}), *store));
    Project typed = projectWith("cam", {user("ann", "new")});
    ASSERT_TRUE(fetchSecrets(typed, *store));
    EXPECT_EQ("new", typed.sources[0].publish.users[0].password.reveal());
}

} // namespace heliograph
