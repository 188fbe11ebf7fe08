# What nearly every file includes, read once for many targets. Clang's presets, tidy and fuzz, do
# without (CMAKE_DISABLE_PRECOMPILE_HEADERS), so there a file that does not name what it uses fails.
set(HELIOGRAPH_COMMON_HEADERS
    <algorithm> <array> <atomic> <chrono> <cstdint> <cstring> <deque> <functional> <map> <memory>
    <mutex> <optional> <set> <span> <stop_token> <string> <string_view> <thread> <utility> <variant>
    <vector> <tl/expected.hpp>)

# The headers are made once for each group, whose targets are compiled alike: by a library that
# defines no macros, for GCC refuses what was made with one that the user of it has not.
function(heliograph_precompile group target)
    set(owner heliograph_headers_${group})
    if(NOT TARGET ${owner})
        file(CONFIGURE OUTPUT ${owner}.cpp CONTENT "")
        add_library(${owner} OBJECT ${CMAKE_CURRENT_BINARY_DIR}/${owner}.cpp)
        target_precompile_headers(${owner} PRIVATE ${HELIOGRAPH_COMMON_HEADERS} ${ARGN})
    endif()
    target_precompile_headers(${target} REUSE_FROM ${owner})
endfunction()

# Every program and library of the directory's subdirectories.
function(heliograph_precompile_below group)
    get_property(directories DIRECTORY PROPERTY SUBDIRECTORIES)
    foreach(directory IN LISTS directories)
        get_property(targets DIRECTORY ${directory} PROPERTY BUILDSYSTEM_TARGETS)
        foreach(target IN LISTS targets)
            get_target_property(type ${target} TYPE)
            if(type MATCHES "EXECUTABLE|STATIC_LIBRARY")
                heliograph_precompile(${group} ${target} ${ARGN})
            endif()
        endforeach()
    endforeach()
endfunction()
