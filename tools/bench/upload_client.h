// A client that sends and fetches documents of any size without holding them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "events/json.h"
#include "events/result.h"
#include "tools/bench/made_file.h"

namespace greffe::bench {

enum class UploadForm : std::uint8_t { raw, multipart };
constexpr std::array<std::string_view, 2> names_of(UploadForm) { return {"raw", "as a form"}; }

class UploadClient {
 public:
  UploadClient(std::uint16_t port, std::string token) : port_(port), token_(std::move(token)) {}

  struct Sent {
    Json document;  // the answer's one
    double seconds = 0;
  };
  // Attaches the file to the ticket.
  Result<Sent, std::string> send(const std::string& number, MadeFile& file, UploadForm form) const;

  // Sends half of it and hangs up.
  void break_off(const std::string& number, MadeFile& file, UploadForm form) const;

  // The digest of what was fetched, and how long that took.
  Result<Kept, std::string> fetch(const std::string& url) const;

 private:
  std::uint16_t port_;
  std::string token_;
};

}  // namespace greffe::bench
