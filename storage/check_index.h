// The part of check_log that computes index spaces again from the events and compares:
//
//   ticket_number  number -> ticket id, of every TicketOpened
//   number_series  series ("250228") -> the highest sequence number of its ticket numbers
//   external_id    "<kind>/<external id>" -> id, as it stands after the last event; of contexts
//                  "context/<type>/<external id>"
//   email          "contact/<e-mail>", "agent/<e-mail>" in ASCII lower case -> id of the
//                  active owner; empty or absent for an address that is free again
//
// Values are decimal. command_receipt and ticket_snapshot are the commands' own and not computed
// here (commands/ticket/check_snapshots.h).
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "events/record.h"
#include "storage/log.h"

namespace greffe {

class IndexCheck {
 public:
  using Report = std::function<void(Position, std::string)>;

  // `log` must outlive the check.
  IndexCheck(const Log& log, Report report) : log_(log), report_(std::move(report)) {}

  // Takes the next record in log order.
  void feed(const Record& record);

  // Compares what depends on the whole log.
  void finish();

 private:
  // What a directory entry holds in the index, as its last event left it.
  struct Holder {
    std::string email;
    std::string external_id;
    bool active = true;
    Position changed;
  };
  struct Expected {
    std::string value;  // empty = free
    Position position;  // the event that says so
  };

  void feed_ticket(const TicketOpened& opened, StreamId stream, Position position);
  template <class DirectoryEvent>
  void feed_directory(const DirectoryEvent& event, StreamId stream, Position position);
  void claim(std::map<std::string, Expected>& keys, const std::string& key, StreamId owner, Position position);
  void compare(IndexSpace space, std::string_view key, const Expected& expected);

  const Log& log_;
  const Report report_;
  std::unordered_map<StreamId, Holder> holders_;
  std::map<std::string, Position> emails_ever_;
  std::map<std::string, std::pair<std::uint64_t, Position>, std::less<>> series_;
};

}  // namespace greffe
