// HTTP bodies: arbitrary bytes as JSON and, if they are an object, through the input table of
// every command. The first byte picks the command, so that each is reached.
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "events/check.h"
#include "http/command_bodies.h"
#include "http/json_input.h"
#include "http/json_writer.h"

using namespace greffe;

namespace {

std::vector<const CommandBody*> all_bodies() {
  std::vector<const CommandBody*> all;
  const auto add = [&all](const AggregateBodies& bodies) {
    all.push_back(&bodies.create);
    for (const auto& body : bodies.changes) all.push_back(&body);
  };
  add(ticket_bodies());
  for (const auto& bodies : directory_bodies()) add(bodies);
  for (const auto& body : settings_bodies()) all.push_back(&body);
  return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto bodies = all_bodies();
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto json = parse_json(text);
  if (!json) return 0;
  Faults faults;
  (void)bodies[data[0] % bodies.size()]->read(*json, faults);
  // Whatever the names in the body were, the answer that names them is JSON.
  for (const auto& fault : faults.take()) {
    std::string written;
    append_json_text(written, fault.field);
    GREFFE_CHECK(parse_json(written).has_value(), "a fault's path was not written as JSON");
  }
  return 0;
}
