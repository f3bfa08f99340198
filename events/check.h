// Always-on assertions: a broken invariant ends the process, in release builds too,
// because going on could acknowledge or serve something wrong.
#pragma once

namespace greffe {

// Prints the place, the condition and the message to stderr, then aborts. Never returns.
[[noreturn]] void check_failed(const char* file, int line, const char* condition, const char* message);

}  // namespace greffe

#define GREFFE_CHECK(condition, message) \
  ((condition) ? static_cast<void>(0) : ::greffe::check_failed(__FILE__, __LINE__, #condition, message))
