# Precompiled headers, one for each set of libraries that a target may see.
function(_leeway_pch NAME HEADER)
    file(WRITE ${CMAKE_BINARY_DIR}/pch/${NAME}.cpp "")
    add_library(${NAME} OBJECT ${CMAKE_BINARY_DIR}/pch/${NAME}.cpp)
    target_link_libraries(${NAME} PRIVATE leeway_flags fmt::fmt ${ARGN})
    target_precompile_headers(${NAME} PRIVATE ${PROJECT_SOURCE_DIR}/cmake/pch/${HEADER})
    set_target_properties(${NAME} PROPERTIES POSITION_INDEPENDENT_CODE ON AUTOMOC OFF)
endfunction()
_leeway_pch(leeway_pch_std std.h)
_leeway_pch(leeway_pch_gui gui.h Qt6::Gui)
_leeway_pch(leeway_pch_widgets widgets.h Qt6::Widgets Qt6::Charts Qt6::Concurrent)
_leeway_pch(leeway_pch_test test.h Qt6::Gui Qt6::Test)
# Qt defines them by folder, which would make the precompiled header useless in all others.
target_compile_options(leeway_pch_test PRIVATE -UQT_TESTCASE_BUILDDIR -UQT_TESTCASE_SOURCEDIR)

# leeway_add_library(NAME leeway_x PCH std|gui|widgets SOURCES … LIBRARIES … [PRIVATE_LIBRARIES …])
function(leeway_add_library)
    cmake_parse_arguments(ARG "" "NAME;PCH" "SOURCES;LIBRARIES;PRIVATE_LIBRARIES" ${ARGN})
    add_library(${ARG_NAME} STATIC ${ARG_SOURCES})
    target_link_libraries(${ARG_NAME} PUBLIC leeway_flags ${ARG_LIBRARIES} PRIVATE ${ARG_PRIVATE_LIBRARIES})
    target_precompile_headers(${ARG_NAME} REUSE_FROM leeway_pch_${ARG_PCH})
    set_target_properties(${ARG_NAME} PROPERTIES POSITION_INDEPENDENT_CODE ON)
    if(ARG_PCH STREQUAL "widgets")
        set_target_properties(${ARG_NAME} PROPERTIES AUTOMOC ON)
    endif()
endfunction()

# Programs are compiled as libraries are (not -fPIE), or the precompiled headers would not fit them.
function(leeway_program NAME)
    target_compile_options(${NAME} PRIVATE -fPIC)
endfunction()

# leeway_add_test(NAME tst_x SOURCES … LIBRARIES … [WIDGETS]): one Qt Test executable, run offscreen by CTest.
function(leeway_add_test)
    cmake_parse_arguments(ARG "WIDGETS" "NAME" "SOURCES;LIBRARIES" ${ARGN})
    add_executable(${ARG_NAME} ${ARG_SOURCES})
    leeway_program(${ARG_NAME})
    target_link_libraries(${ARG_NAME} PRIVATE leeway_flags fmt::fmt ${ARG_LIBRARIES} Qt6::Test)
    if(ARG_WIDGETS)
        target_precompile_headers(${ARG_NAME} REUSE_FROM leeway_pch_widgets)
    else()
        target_link_libraries(${ARG_NAME} PRIVATE Qt6::Gui)
        target_precompile_headers(${ARG_NAME} REUSE_FROM leeway_pch_test)
        target_compile_options(${ARG_NAME} PRIVATE -UQT_TESTCASE_BUILDDIR -UQT_TESTCASE_SOURCEDIR)
    endif()
    set_target_properties(${ARG_NAME} PROPERTIES AUTOMOC ON
        RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    target_compile_definitions(${ARG_NAME} PRIVATE
        LEEWAY_SOURCE_DIR="${PROJECT_SOURCE_DIR}" LEEWAY_BINARY_DIR="${CMAKE_BINARY_DIR}")
    add_test(NAME ${ARG_NAME} COMMAND ${ARG_NAME})
    set_tests_properties(${ARG_NAME} PROPERTIES
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LEEWAY_DATA_DIR=${PROJECT_SOURCE_DIR};QT_FORCE_ASSERTS=1"
        TIMEOUT 300)
endfunction()

# leeway_add_bench(NAME bench_x SOURCES … LIBRARIES …): prints its figures; never part of the tests.
function(leeway_add_bench)
    cmake_parse_arguments(ARG "" "NAME" "SOURCES;LIBRARIES" ${ARGN})
    add_executable(${ARG_NAME} ${ARG_SOURCES})
    leeway_program(${ARG_NAME})
    target_link_libraries(${ARG_NAME} PRIVATE leeway_flags ${ARG_LIBRARIES})
    set_target_properties(${ARG_NAME} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bench)
endfunction()
