// Names that one thread waits under and another one asks for: whoever takes a name has it until it
// lets go of the place.
// Thread: any. Owner: the engine; places must not outlive it.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace heliograph {

template <class T>
class Switchboard {
public:
    // The name is taken for as long as this lives.
    class Place {
    public:
        Place(Switchboard &board, std::string name)
            : m_board(board)
            , m_name(std::move(name))
        {
        }
        ~Place() { m_board.release(m_name); }
        Place(const Place &) = delete;
        Place &operator=(const Place &) = delete;

    private:
        Switchboard &m_board;
        const std::string m_name;
    };

    // Null: somebody else waits under the name.
    std::unique_ptr<Place> take(const std::string &name, std::shared_ptr<T> value)
    {
        const std::lock_guard lock(m_mutex);
        if (!m_values.emplace(name, std::move(value)).second)
            return nullptr;
        return std::make_unique<Place>(*this, name);
    }

    // Null: nobody waits under the name.
    std::shared_ptr<T> find(const std::string &name) const
    {
        const std::lock_guard lock(m_mutex);
        const auto value = m_values.find(name);
        return value == m_values.end() ? nullptr : value->second;
    }

private:
    void release(const std::string &name)
    {
        const std::lock_guard lock(m_mutex);
        m_values.erase(name);
    }

    mutable std::mutex m_mutex;
    std::map<std::string, std::shared_ptr<T>> m_values;
};

} // namespace heliograph
