// A client with one keep-alive connection to a server on this machine. It waits for each answer
// and times it; an answer that is not 2xx is an error with its text.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "events/json.h"
#include "events/result.h"

namespace greffe::bench {

class Caller {
 public:
  Caller(std::uint16_t port, std::string token);
  ~Caller();
  Caller(Caller&&) noexcept;

  struct Answer {
    std::string body;
    double ms = 0;
  };
  using Answered = Result<Answer, std::string>;

  // `act_as` as in Greffe-Act-As; empty for the administrator.
  Answered get(const std::string& target, const std::string& act_as = "");
  Answered post(const std::string& target, const std::string& body);
  Answered put(const std::string& target, const std::string& body);

  // As JSON; an error if it is none.
  Result<Json, std::string> get_json(const std::string& target);

 private:
  struct Connection;
  std::unique_ptr<Connection> connection_;
};

// The member "position" of an answer, 0 if there is none.
std::uint64_t position_in(const Json& answer);

}  // namespace greffe::bench
