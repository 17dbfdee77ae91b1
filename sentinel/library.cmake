# The sentinel for other programs: one shared library, of which only the names
# of deesse/sentinel.h can be seen, its header, and a pkg-config file.
file(GLOB library_sources CONFIGURE_DEPENDS base/*.c sql/*.c sentinel/*.c)
list(FILTER library_sources EXCLUDE REGEX "base/(hash|proc)[.]c$")
add_library(deesse-sentinel SHARED ${library_sources})
set_target_properties(deesse-sentinel PROPERTIES
  C_VISIBILITY_PRESET hidden
  VERSION ${PROJECT_VERSION}
  SOVERSION 0)
target_compile_options(deesse-sentinel PRIVATE
  -include ${CMAKE_SOURCE_DIR}/base/banned.h)
target_link_libraries(deesse-sentinel PRIVATE PkgConfig::PCRE2)

include(GNUInstallDirs)
configure_file(${CMAKE_CURRENT_LIST_DIR}/deesse-sentinel.pc.in
  ${CMAKE_BINARY_DIR}/deesse-sentinel.pc @ONLY)
install(TARGETS deesse-sentinel COMPONENT sentinel)
install(FILES ${CMAKE_CURRENT_LIST_DIR}/deesse/sentinel.h COMPONENT sentinel
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/deesse)
install(FILES ${CMAKE_BINARY_DIR}/deesse-sentinel.pc COMPONENT sentinel
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

if(BUILD_TESTING)
  add_test(NAME library COMMAND ${CMAKE_SOURCE_DIR}/tests/library.sh
    ${CMAKE_COMMAND} ${CMAKE_BINARY_DIR} ${CMAKE_C_COMPILER}
    $<$<BOOL:${DEESSE_SANITIZE}>:-fsanitize=address,undefined>)
endif()
