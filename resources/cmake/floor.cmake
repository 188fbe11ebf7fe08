# heliograph_floor(NAME SOURCES a.cpp … [LINKS lib …] [PRIVATE_LINKS lib …])
#
# One room of the engine as a static library. Rooms see each other as "room/header.h" below
# engine/; only engine/api is visible from outside (target Heliograph::Engine).
function(heliograph_floor name)
    cmake_parse_arguments(ARG "" "" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
    set(target heliograph_${name})
    add_library(${target} STATIC ${ARG_SOURCES})
    target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR}/engine
                                                ${PROJECT_SOURCE_DIR}/engine/api)
    target_link_libraries(${target} PUBLIC ${ARG_LINKS} PRIVATE ${ARG_PRIVATE_LINKS})
    heliograph_precompile(engine ${target})
endfunction()
