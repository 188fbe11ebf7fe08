// The file for passwords: who may read it, and what happens to one that is damaged.
#include "engine/secret_store.h"
#include "engine/sentences.h"
#include "temporary_folder.h"

#include <fstream>
#include <gtest/gtest.h>
#include <sys/stat.h>

namespace heliograph {

namespace fs = std::filesystem;

namespace {

struct SecretFile : testing::Test {
    TemporaryFolder folder;
    const fs::path file = folder / "deep" / "heliograph" / "secrets.toml";
    std::unique_ptr<SecretStore> store = openSecretFile(file);

    void write(const std::string &text, mode_t mode = 0600) const
    {
        fs::create_directories(file.parent_path());
        std::ofstream(file) << text;
        ASSERT_EQ(0, ::chmod(file.c_str(), mode));
    }
    std::string read() const
    {
        std::ifstream stream(file);
        return {std::istreambuf_iterator<char>(stream), {}};
    }
    std::string found(const std::string &key) const
    {
        const auto secret = store->find(key);
        EXPECT_TRUE(secret) << secret.error().detail;
        return secret && *secret ? (*secret)->reveal() : "nothing";
    }
};

mode_t modeOf(const fs::path &path)
{
    struct stat facts = {};
    EXPECT_EQ(0, ::stat(path.c_str(), &facts));
    return facts.st_mode & 07777;
}

} // namespace

TEST_F(SecretFile, WhatIsKeptIsFoundByTheNextProgram)
{
    EXPECT_EQ("nothing", found("user cam viewer"));
    ASSERT_TRUE(store->keep("user cam viewer", Secret("sesame")));
    ASSERT_TRUE(store->keep("user cam Zoë \"Z\" = #", Secret("quote\" \\ line\nend")));
    store = openSecretFile(file);
    EXPECT_EQ("sesame", found("user cam viewer"));
    EXPECT_EQ("quote\" \\ line\nend", found("user cam Zoë \"Z\" = #"));
    ASSERT_TRUE(store->keep("user cam viewer", Secret("another")));
    EXPECT_EQ("another", found("user cam viewer"));
}

TEST_F(SecretFile, WhatIsForgottenIsInTheFileNoMore)
{
    ASSERT_TRUE(store->forget("user cam viewer")); // never kept: no file is made for that
    EXPECT_FALSE(fs::exists(file));
    ASSERT_TRUE(store->keep("user cam viewer", Secret("sesame")));
    ASSERT_TRUE(store->forget("user cam viewer"));
    EXPECT_EQ("nothing", found("user cam viewer"));
    EXPECT_EQ(std::string::npos, read().find("sesame"));
}

TEST_F(SecretFile, NobodyElseMayReadItWhateverTheMaskSays)
{
    const mode_t before = ::umask(0);
    ASSERT_TRUE(store->keep("a", Secret("b")));
    ::umask(before);
    EXPECT_EQ(0600u, modeOf(file));
    EXPECT_EQ(0700u, modeOf(file.parent_path()));
    EXPECT_EQ(1, std::distance(fs::directory_iterator(file.parent_path()), {})); // nothing beside
}

TEST_F(SecretFile, OneThatOthersMayReadIsRefusedAndLeftAlone)
{
    for (const mode_t mode : {0640, 0604, 0660}) {
        write("version = 1\n[secrets]\na = \"b\"\n", mode);
        const auto refused = store->find("a");
        ASSERT_FALSE(refused);
        EXPECT_EQ(ErrorCode::FileExposed, refused.error().code);
        EXPECT_NE(std::string::npos, sentence(refused.error()).find(file.string()));
        EXPECT_EQ(ErrorCode::FileExposed, store->keep("c", Secret("d")).error().code);
        EXPECT_EQ(mode, modeOf(file));
    }
}

TEST_F(SecretFile, ABrokenOneIsToldWithoutItsWordsAndNeverOverwritten)
{
    for (const std::string text :
         {"version = 1\n[secrets]\na = sesame\n", "version = 1\n[secrets]\na = \"sesame\n",
          "version = 1\n[secrets]\nsesame\n", "version = 1\n[secrets]\na = 99999999999999999999\n",
          "version = 1\n[secrets]\na = { sesame = 5 }\n", "[secrets]\na = \"sesame\"\n",
          "version = 1\nsecrets = \"sesame\"\n"}) {
        write(text);
        const auto refused = store->find("a");
        ASSERT_FALSE(refused) << text;
        EXPECT_EQ(ErrorCode::FileBroken, refused.error().code) << text;
        EXPECT_NE(std::string::npos, refused.error().detail.find("line")) << refused.error().detail;
        for (const char *secret : {"sesame", "99999"})
            EXPECT_EQ(std::string::npos, sentence(refused.error()).find(secret));
        EXPECT_EQ(ErrorCode::FileBroken, store->keep("c", Secret("d")).error().code);
        EXPECT_EQ(text, read());
    }
    write("version = 2\n");
    EXPECT_EQ(ErrorCode::FileTooNew, store->find("a").error().code);
}

TEST_F(SecretFile, WhatIsNoFileOrCannotBeMadeIsAnError)
{
    fs::create_directories(file); // a folder in its place
    EXPECT_EQ(ErrorCode::FileUnreadable, store->find("a").error().code);
    EXPECT_EQ(ErrorCode::FileUnreadable, store->keep("a", Secret("b")).error().code);
    std::ofstream(folder / "plain") << "x";
    store = openSecretFile(folder / "plain" / "heliograph" / "secrets.toml");
    EXPECT_FALSE(store->keep("a", Secret("b")));
}

} // namespace heliograph
