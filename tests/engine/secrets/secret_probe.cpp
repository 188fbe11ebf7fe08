// One question to the store that a front end would open, for test_keyring.py: keep KEY (the secret
// comes from the environment), find KEY, forget KEY, place.
#include <engine/secret_store.h>
#include <engine/sentences.h>

#include <cstdlib>
#include <iostream>

using namespace heliograph;

namespace {

int tell(const Result<> &result)
{
    std::cout << (result ? "done" : sentence(result.error())) << std::endl;
    return result ? 0 : 1;
}

int find(SecretStore &store, const std::string &key)
{
    const auto found = store.find(key);
    if (!found)
        return tell(tl::unexpected(found.error()));
    std::cout << (*found ? (*found)->reveal() : "nothing") << std::endl;
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    const std::string verb = argc > 1 ? argv[1] : "";
    const std::string key = argc > 2 ? argv[2] : "";
    const auto store = openSecretStore();
    if (verb == "wait") { // until the test has done something to the keyring
        std::cout << "open" << std::endl;
        std::cin.get();
        return find(*store, key);
    }
    if (verb == "find")
        return find(*store, key);
    if (verb == "keep")
        return tell(store->keep(key, Secret(std::getenv("PROBE_SECRET"))));
    if (verb == "forget")
        return tell(store->forget(key));
    std::cout << (store->file().empty() ? "keyring" : store->file().string()) << std::endl;
    return 0;
}
