# Our own headers are precompiled too; as system headers they would be spared the warnings.
set(CMAKE_PCH_PROLOGUE "")

# greffe_folder(NAME [SCHEMAS x.fbs…] [EXCLUDE x.cpp…] [PRECOMPILE <x.h>…] PUBLIC libs… PRIVATE libs…)
# makes the static library greffe_NAME of every .cpp below NAME/. The include root
# is the repository root; code generated from a schema lands under generated/NAME/
# and is visible to the folder's own sources and to its tests, never to other folders.
# PRECOMPILE names what most of its sources include anyway: reading it takes longer than the rest.
function(greffe_folder NAME)
  cmake_parse_arguments(ARG "" "" "SCHEMAS;EXCLUDE;PRECOMPILE;PUBLIC;PRIVATE" ${ARGN})
  file(GLOB_RECURSE SOURCES CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR} ${NAME}/*.cpp)
  if(ARG_EXCLUDE)
    list(REMOVE_ITEM SOURCES ${ARG_EXCLUDE})
  endif()
  if(NOT SOURCES)
    message(FATAL_ERROR "${NAME}/ has no source")
  endif()
  add_library(greffe_${NAME} STATIC ${SOURCES})
  target_include_directories(greffe_${NAME} PUBLIC ${CMAKE_SOURCE_DIR})
  target_link_libraries(greffe_${NAME} PUBLIC ${ARG_PUBLIC} PRIVATE Threads::Threads ${ARG_PRIVATE})
  if(ARG_PRECOMPILE)
    target_precompile_headers(greffe_${NAME} PRIVATE ${ARG_PRECOMPILE})
  endif()
  foreach(SCHEMA ${ARG_SCHEMAS})
    greffe_schema(greffe_${NAME} ${SCHEMA})
  endforeach()
endfunction()

# Generates X_generated.h (accessors and verifier) and X.bfbs (the schema as data,
# which a test compares with the field lists) from a FlatBuffers schema. Every .fbs
# of the tree is a dependency, since schemas include each other, those of views the events' too.
function(greffe_schema TARGET SCHEMA)
  get_filename_component(STEM ${SCHEMA} NAME_WE)
  get_filename_component(DIR ${SCHEMA} DIRECTORY)
  set(OUT ${CMAKE_BINARY_DIR}/generated/${DIR})
  file(GLOB ALL_SCHEMAS CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/*/*.fbs ${CMAKE_SOURCE_DIR}/*/*/*.fbs)
  add_custom_command(
    OUTPUT ${OUT}/${STEM}_generated.h ${OUT}/${STEM}.bfbs
    COMMAND ${FLATC} --cpp --scoped-enums --gen-all -o ${OUT} ${CMAKE_SOURCE_DIR}/${SCHEMA}
    COMMAND ${FLATC} --binary --schema -o ${OUT} ${CMAKE_SOURCE_DIR}/${SCHEMA}
    DEPENDS ${ALL_SCHEMAS}
    COMMENT "flatc ${SCHEMA}"
    VERBATIM)
  target_sources(${TARGET} PRIVATE ${OUT}/${STEM}_generated.h)
  target_include_directories(${TARGET} SYSTEM PRIVATE ${CMAKE_BINARY_DIR}/generated)
  set_property(TARGET ${TARGET} APPEND PROPERTY GREFFE_BFBS ${OUT}/${STEM}.bfbs)
endfunction()
