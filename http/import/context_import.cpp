#include "http/import/context_import.h"

#include <algorithm>
#include <condition_variable>
#include <iterator>
#include <map>
#include <mutex>

#include "commands/catalogue/commands.h"
#include "http/headers.h"
#include "http/import/context_lines.h"
#include "http/json_writer.h"
#include "http/query_call.h"

namespace greffe {
namespace {

// Commands on their way at once: they share the synced appends of the writer's groups.
constexpr std::size_t lines_under_way_max = 256;
constexpr std::size_t bad_lines_shown_max = 1'000;

using Key = std::pair<std::string, std::string>;  // type, external id

struct Report {
  std::size_t lines = 0, created = 0, changed = 0, unchanged = 0, failed = 0;
  Position position;
  std::map<std::size_t, Rejection> bad;  // by line
  bool store_failed = false;
};

// The summary as it stood with the file's columns in it: each in its old place, new ones at the end.
// What the file has no column for stays.
std::vector<Detail> merged(const std::vector<Detail>& old, const ContextLine& line) {
  auto wanted = line.details.summary;
  const auto told = [&](const Detail& detail) {
    return std::find(line.columns.begin(), line.columns.end(), detail.name) != line.columns.end();
  };
  // A file that tells of all of them has its own order.
  if (std::all_of(old.begin(), old.end(), told)) return wanted;
  std::vector<Detail> summary;
  for (const auto& detail : old) {
    if (!told(detail)) {
      summary.push_back(detail);
      continue;
    }
    const auto at = std::find_if(wanted.begin(), wanted.end(), [&](const Detail& d) { return d.name == detail.name; });
    if (at == wanted.end()) continue;
    summary.push_back(std::move(*at));
    wanted.erase(at);
  }
  std::move(wanted.begin(), wanted.end(), std::back_inserter(summary));
  return summary;
}

// `snapshot` is from before the import: lines of one file have the same columns, so that what an
// earlier line told of is told of again.
ChangeContext change_of(const ContextLine& line, ContextId known, const Snapshot& snapshot) {
  ChangeContext change;
  change.reactivate = true;
  change.label = line.details.label.text;
  if (line.has_url) change.url = line.details.url;
  if (line.has_summary) change.summary = line.details.summary;
  if (line.columns.empty()) return change;
  const auto row = snapshot.context(known);
  change.summary = merged(row ? row->details.summary : std::vector<Detail>(), line);
  return change;
}

CommandRequest request_of(const Call& call, const std::optional<ContextId>& known, const ContextLine& line,
                          const Snapshot& snapshot) {
  CommandRequest request;
  request.actor = call.principal.actor;
  request.on_behalf_of = call.principal.on_behalf_of;
  if (known) {
    request.target = known->value;
    request.command = ContextCommand(change_of(line, *known, snapshot));
  } else {
    request.command = ContextCommand(CreateContext{line.details});
  }
  return request;
}

bool is_of_store(RejectionCode code) {
  return code == RejectionCode::stopping || code == RejectionCode::log_failed || code == RejectionCode::queue_full;
}

class Import {
 public:
  Import(const Call& call, const Snapshot& snapshot) : call_(call), snapshot_(snapshot) {}
  ~Import() { wait(); }
  Import(const Import&) = delete;
  Import& operator=(const Import&) = delete;

  // False if no later line can succeed.
  bool take(ContextLine line) {
    ++report_.lines;
    if (!line.faults.empty()) {
      fail_line(line.line, invalid(std::move(line.faults)));
      return true;
    }
    const Key key{line.details.type, line.details.external_id};
    // An entry that is under way has no id yet.
    if (under_way_.contains(key) || under_way_.size() == lines_under_way_max) wait();
    if (report_.store_failed) return false;
    submit(line, key);
    return true;
  }

  Report finish() {
    wait();
    return std::move(report_);
  }

 private:
  struct Pending {
    std::size_t line;
    bool creates;
    std::optional<Decision<Accepted>> answer;
  };

  static Rejection invalid(std::vector<FieldFault> faults) {
    Rejection rejection;
    rejection.detail = "The line could not be read.";
    rejection.fields = std::move(faults);
    return rejection;
  }

  std::optional<ContextId> known(const Key& key) const {
    const auto made = made_.find(key);
    return made != made_.end() ? std::optional(made->second)
                               : snapshot_.context_with_external_id(key.first, key.second);
  }

  void submit(const ContextLine& line, const Key& key) {
    const auto id = known(key);
    Pending& pending = under_way_.emplace(key, Pending{line.line, !id, {}}).first->second;
    call_.services.writer.submit(request_of(call_, id, line, snapshot_), [this, &pending](Decision<Accepted> answer) {
      const std::lock_guard lock(mutex_);
      pending.answer = std::move(answer);
      ++answered_;
      all_answered_.notify_one();
    });
  }

  // Until every command under way is answered; nothing is left behind that would call back.
  void wait() {
    std::unique_lock lock(mutex_);
    all_answered_.wait(lock, [&] { return answered_ == under_way_.size(); });
    for (auto& [key, pending] : under_way_) count(key, pending);
    under_way_.clear();
    answered_ = 0;
  }

  void count(const Key& key, Pending& pending) {
    auto& answer = *pending.answer;
    if (!answer) return fail_line(pending.line, std::move(answer.error()));
    report_.position = std::max(report_.position, answer->position);
    if (answer->events.empty()) ++report_.unchanged;
    else if (pending.creates) ++report_.created;
    else ++report_.changed;
    made_[key] = ContextId{answer->stream.id};
  }

  void fail_line(std::size_t line, Rejection rejection) {
    ++report_.failed;
    report_.store_failed = report_.store_failed || is_of_store(rejection.code);
    if (report_.bad.size() < bad_lines_shown_max) report_.bad.emplace(line, std::move(rejection));
  }

  const Call& call_;
  const Snapshot& snapshot_;
  Report report_;
  std::map<Key, ContextId> made_;
  std::mutex mutex_;  // guards the answers of what is under way
  std::condition_variable all_answered_;
  std::map<Key, Pending> under_way_;
  std::size_t answered_ = 0;
};

void write_report(const Report& report, HttpResponse& response) {
  JsonWriter json(response.body);
  const auto number = [&](const char* name, std::size_t value) {
    json.key(name).number(static_cast<std::int64_t>(value));
  };
  json.begin_object();
  number("lines", report.lines);
  number("created", report.created);
  number("changed", report.changed);
  number("unchanged", report.unchanged);
  number("failed", report.failed);
  json.key("position").value(report.position).key("bad_lines").begin_array();
  for (const auto& [line, rejection] : report.bad) {
    json.begin_object();
    number("line", line);
    json.key("code").value(rejection.code).key("detail").text(rejection.detail).key("errors").begin_array();
    for (const auto& fault : rejection.fields) {
      json.begin_object().key("field").text(fault.field).key("code").value(fault.code).end_object();
    }
    json.end_array().end_object();
  }
  json.end_array().end_object();
}

}  // namespace

Handled import_contexts(const Call& call, HttpResponse& response) {
  const auto wanted = asked(call, Parameters<DocumentAsked>{});
  if (!wanted) return fail(wanted.error());
  const auto& body = call.request.body;
  if (body.size() > context_import_bytes_max) return fail(invalid_fields({{"body", FieldCode::too_large}}));
  if (auto type = check_media_types(call.request, {"text/csv", "application/x-ndjson"}); !type) return type;
  const bool csv = check_media_type(call.request, "text/csv").has_value();
  // What is known is looked up in the views, which must not be behind.
  const auto snapshot = snapshot_at(call.services, call.services.log.tail());
  if (!snapshot) return fail(snapshot.error());
  Import import(call, **snapshot);
  const auto take = [&](ContextLine line) { return import.take(std::move(line)); };
  if (auto read = csv ? for_each_csv_context(body, take) : for_each_json_context(body, take); !read) return read;
  auto report = import.finish();
  if (report.position == Position{}) report.position = (*snapshot)->seen().position;
  write_report(report, response);
  if (report.store_failed) response.status = 503;
  return {};
}

}  // namespace greffe
