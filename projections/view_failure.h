// How views fail. Building them fails as a value; a query that meets damage throws, because
// every query can and none of its callers can do more than answer "not now".
#pragma once

#include <array>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "events/ids.h"
#include "events/names.h"
#include "storage/log.h"

namespace greffe {

struct ViewFailure {
  enum class Kind : std::uint8_t {
    not_opened,  // the views are held by another process or cannot be made
    io,          // the views' disk failed or holds rows that cannot be read
    log,         // the log could not be read; `position` says where, if known
    poison,      // a view built beside the live ones could not digest the event at `position`
  };
  Kind kind = Kind::io;
  Position position;   // 0 = not known
  std::string detail;  // says what to do
};
constexpr std::array<std::string_view, 4> names_of(ViewFailure::Kind) { return {"not_opened", "io", "log", "poison"}; }

// Thrown where rows or records cannot be read. Queries let it through: the request fails,
// the others go on.
class ViewsUnreadable : public std::runtime_error {
 public:
  explicit ViewsUnreadable(ViewFailure failure) : std::runtime_error(failure.detail), failure_(std::move(failure)) {}
  const ViewFailure& failure() const { return failure_; }

 private:
  ViewFailure failure_;
};

// A failure of the log as the views report it.
ViewFailure view_failure(const LogFailure& failure);

}  // namespace greffe
