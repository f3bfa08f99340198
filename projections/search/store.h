// One generation of the search index: a Xapian database in a directory of its own. One thread at
// a time writes; any number of readers search what was last committed. Documents and the
// position they stand at are one commit. Includes Xapian: for .cpp files of this folder only.
//
// What Xapian throws (Xapian::Error) passes through where nothing else is said.
#pragma once

#include <xapian.h>

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "projections/search/document.h"
#include "projections/views.h"
#include "storage/log.h"

namespace greffe {

class SearchStore {
 public:
  // What a thread searches with; at a commit that is not older than the one of its making.
  struct Reader {
    explicit Reader(const std::string& path) : database(path) {}
    Xapian::Database database;
    Stemmer stemmer;
    Seen seen;
    std::uint64_t commit = 0;
  };

  // Opens the database at `path`, or makes it. Null if what is there cannot serve: it is
  // damaged, of another version, was never finished or is no fold of `log`. Fails with
  // not_opened or log.
  static Result<std::unique_ptr<SearchStore>, ViewFailure> open(const std::filesystem::path& path, const Log& log);
  // Serves from the next opening on only once it is finished; `make_serving` is at once.
  static Result<std::unique_ptr<SearchStore>, ViewFailure> make(const std::filesystem::path& path, const Log& log);
  static Result<std::unique_ptr<SearchStore>, ViewFailure> make_serving(const std::filesystem::path& path,
                                                                        const Log& log);
  ~SearchStore();
  SearchStore(const SearchStore&) = delete;
  SearchStore& operator=(const SearchStore&) = delete;

  const std::filesystem::path& path() const { return path_; }

  // Everything before this can be found. Any thread.
  Seen seen() const;
  // How many tickets can be found. Any thread.
  std::uint64_t documents() const;

  // Takes in the next records of the log; nobody sees anything of it before write().
  void apply(std::span<const Record> records);
  // Makes what was applied visible and durable. If it fails, with log, or throws, nothing was
  // written and the store is of no use any more but to readers.
  Result<void, ViewFailure> write();
  // Lets the index serve from the next opening on; durable. Fails with io.
  Result<void, ViewFailure> finish();

  // See SearchIndex::digest. Not while another thread writes.
  std::string digest() const;

  // Any thread. Give it back unless it threw.
  std::unique_ptr<Reader> take_reader() const;
  void give_back(std::unique_ptr<Reader> reader) const;

 private:
  SearchStore(std::filesystem::path path, const Log& log, Xapian::WritableDatabase database, Seen seen);
  void fold(const Envelope& envelope, const TicketEvent& event);
  using OnEvent = std::function<void(const Envelope&, const TicketEvent&)>;
  Result<void, ViewFailure> read_stream(TicketId id, const OnEvent& on_event) const;
  Result<SearchedTicket, ViewFailure> read_ticket(TicketId id) const;
  Result<std::vector<SearchedTicket>, ViewFailure> changed_tickets();
  void put(const std::vector<SearchedTicket>& tickets, SpellingNews& news);
  void publish(Seen seen);

  const std::filesystem::path path_;
  const Log& log_;
  Xapian::WritableDatabase database_;
  DocumentWriter writer_;

  // Since the last write(): tickets opened since, folded as they came; of others, only that they
  // changed: they are read from the log as a whole.
  std::map<TicketId, std::optional<SearchedTicket>> changed_;
  Seen applied_;

  mutable std::mutex mutex_;  // guards what follows
  Seen seen_;
  std::uint64_t documents_ = 0;
  std::uint64_t commits_ = 0;
  mutable std::vector<std::unique_ptr<Reader>> idle_;
};

}  // namespace greffe
