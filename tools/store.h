// A store opened for work: the log in `<dir>/log`, the writer in front of it, the views in
// `<dir>/views` and, where asked for, the search and the documents. The one place that picks
// concrete classes for all of them.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "commands/writer.h"
#include "events/time.h"
#include "projections/search/search.h"
#include "projections/views.h"
#include "storage/blobs.h"
#include "storage/log.h"
#include "tools/serve/profile.h"

namespace greffe {

struct StoreOptions {
  WriterOptions writer;
  Views::Options views;
  // Of a store that is made now; an existing one keeps its own.
  std::string profile = std::string(default_profile);
  std::string time_zone = "Europe/Paris";  // IANA name
  bool with_search = false;                // `<dir>/search`, which costs a thread
  // Called once, from a thread of the search, if it moves no more: all else goes on. May be empty.
  std::function<void(const std::string&)> on_search_failure = {};
  bool with_documents = false;  // `<dir>/blobs`
};

class Store {
 public:
  // Called at most once, from a thread of the log's or the views', with a text that says what
  // failed and what to do. Nothing is acknowledged any more: the program must end.
  using OnFailure = std::function<void(const std::string&)>;

  // Opens or makes the store, recovers what a crash left, and lays the profile down as
  // events if the log is empty. `clock` outlives the store. The error is a text for people.
  static Result<std::unique_ptr<Store>, std::string> open(const std::filesystem::path& dir, const StoreOptions& options,
                                                          const Clock& clock, OnFailure on_failure);
  // Stops the writer, lets the views finish their batch, closes the log.
  ~Store();

  Log& log() { return *log_; }
  Writer& writer() { return *writer_; }
  Views& views() { return *views_; }
  SearchIndex* search() { return search_.get(); }  // null unless asked for, as the next
  BlobStore* documents() { return documents_.get(); }

 private:
  Store() = default;
  std::unique_ptr<Log> log_;
  std::unique_ptr<Writer> writer_;
  std::unique_ptr<Views> views_;
  std::unique_ptr<SearchIndex> search_;
  std::unique_ptr<BlobStore> documents_;
};

// "log corrupt at position 12: …": a failure as people read it.
std::string describe(const LogFailure& failure);
std::string describe(const ViewFailure& failure);
std::string describe_search(const ViewFailure& failure);

}  // namespace greffe
