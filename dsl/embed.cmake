# The program carries deesse/dsl.h as a C array. Included, this file makes the
# rule; run as a script, it writes the array:
#   cmake -D HEADER=dsl/deesse/dsl.h -D OUTPUT=header_text.c -P embed.cmake
if(NOT CMAKE_SCRIPT_MODE_FILE)
  set(header ${CMAKE_CURRENT_LIST_DIR}/deesse/dsl.h)
  set(output ${CMAKE_BINARY_DIR}/dsl/header_text.c)
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -D HEADER=${header} -D OUTPUT=${output}
      -P ${CMAKE_CURRENT_LIST_DIR}/embed.cmake
    DEPENDS ${header} ${CMAKE_CURRENT_LIST_DIR}/embed.cmake
    VERBATIM)
  target_sources(dsl PRIVATE ${output})
  target_compile_definitions(dsl PRIVATE DEESSE_VERSION="${PROJECT_VERSION}")
  return()
endif()

file(READ ${HEADER} bytes HEX)
string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
string(REGEX REPLACE "((0x..,){12})" "\\1\n" bytes "${bytes}")
file(WRITE ${OUTPUT} "/* header_text - deesse/dsl.h, made by dsl/embed.cmake */
#include \"dsl/header.h\"

const unsigned char dsl_header_text[] = {
${bytes}0
};
const size_t dsl_header_size = sizeof(dsl_header_text) - 1;
")
