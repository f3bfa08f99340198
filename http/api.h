// The HTTP interface of one store: finds the route, admits the caller, answers. Callable
// without sockets; tools connects handle() to a Front.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "commands/writer.h"
#include "events/time.h"
#include "http/access.h"
#include "http/front/front.h"
#include "projections/views.h"
#include "storage/log.h"

namespace greffe {

class BlobStore;
class SearchIndex;
struct Route;

// What the program around may add; all may be empty.
struct ApiHooks {
  std::function<FrontStats()> front_stats;  // for /metrics; the front must outlive the calls
  // POST /v1/import: gets newline-delimited JSON, writes the whole answer.
  std::function<void(const HttpRequest&, const Principal&, HttpResponse&)> import;
  // Full-text search, and where documents' bytes are kept; both outlive the API. Null = none.
  const SearchIndex* search = nullptr;
  BlobStore* blobs = nullptr;
  // Told of every defect (an exception in a handler) that was answered with 500; for the journal.
  std::function<void(const std::string&)> on_defect;
};

class Api {
 public:
  // All arguments outlive the API.
  Api(Writer& writer, const Views& views, const Log& log, const Clock& clock, AccessPolicy access, ApiHooks hooks = {});
  ~Api();
  Api(const Api&) = delete;
  Api& operator=(const Api&) = delete;

  // Answers every request, good or bad; never throws. Any number of threads. May block while
  // a command becomes durable or a query waits for its min_position (5 s at most).
  void handle(const HttpRequest& request, HttpResponse& response) const;

  // What is to become of a request's body (FrontOptions::plan_body). Any number of threads.
  BodyPlan plan_body(const HttpRequest& head) const;

  // Turns /readyz red until the program is started again. For the failure callbacks of the
  // writer, the log and the views. Any thread.
  void report_failure(std::string reason);

  // The route table, for the tests that walk it.
  const std::vector<Route>& routes() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace greffe
