#include "http/batch/batch.h"

#include <openssl/rand.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "events/check.h"
#include "events/codec.h"
#include "http/digest.h"
#include "http/input.h"

namespace greffe {
namespace {

// The id that the events of the first answer to this command carry; empty without any.
Result<std::string, Problem> earlier_batch_id(const Log& log, const std::string& command_id) {
  const auto receipt = receipt_of(log, command_id);
  if (!receipt) return fail(receipt.error());
  if (!*receipt || (*receipt)->answer.events.empty()) return std::string();
  const auto entry = log.read_one((*receipt)->answer.position);
  if (!entry) return fail(problem_of(entry.error()));
  const auto record = decode(*entry);
  return record ? record->envelope.correlation_id : std::string();
}

Problem key_reused() {
  constexpr auto detail = "This Idempotency-Key came before, with another request.";
  return problem_of(refuse(RejectionCode::command_id_reused, detail).value());
}

// The step under the key itself. Its digest tells it from the other steps of the same request.
BatchStep holding_key(const CommandRequest& headers, BatchStep step) {
  const std::string_view digest(reinterpret_cast<const char*>(headers.digest.data()), headers.digest.size());
  step.request->command_id = headers.command_id;
  step.request->digest = sha256_of({digest, step.number});
  return step;
}

// Counts the answers that are still to come. Shared with the answers: the last one may still be
// at work when the waiter goes on.
class Pending {
 public:
  explicit Pending(std::size_t count) : count_(count) {}
  void count_down() {
    const std::lock_guard lock(mutex_);
    if (--count_ == 0) done_.notify_all();
  }
  void wait() {
    std::unique_lock lock(mutex_);
    done_.wait(lock, [this] { return count_ == 0; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable done_;
  std::size_t count_;
};

// As for the command's own path: where another ticket was opened, the answer is about that one.
// The number that a dry run would give is a guess.
const std::string& answered_number(const BatchResult& result) {
  const bool appended = result.decided && !result.decided->number.empty() && result.decided->dry_run.empty();
  return appended ? result.decided->number : result.number;
}

void write_result(JsonWriter& json, const Call& call, const BatchResult& result) {
  json.begin_object().key("number").text(answered_number(result));
  if (result.decided) {
    json.key("status").number(200);
    write_appended(json, *result.decided, false);
    json.key("repeated").boolean(result.decided->repeated).key("problem").null();
  } else {
    const auto problem = refused(call, result.decided.error(), result.if_version);
    json.key("status").number(problem.status).key("version").null().key("position").null();
    json.key("events").begin_array().end_array().key("left_open").begin_array().end_array();
    json.key("repeated").boolean(false).key("problem");
    write_problem(json, problem);
  }
  json.end_object();
}

}  // namespace

std::string new_batch_id(const Log& log) {
  std::array<unsigned char, 16> random{};
  GREFFE_CHECK(RAND_bytes(random.data(), static_cast<int>(random.size())) == 1, "there is no randomness");
  constexpr std::string_view digits = "0123456789abcdef";
  auto id = std::to_string(log.tail().value + 1) + ".";
  for (const auto byte : random) {
    id += digits[byte >> 4U];
    id += digits[byte & 15U];
  }
  return id;
}

std::optional<Position> batch_start(std::string_view id) {
  const auto dot = id.find('.');
  const auto position = parse_id(id.substr(0, dot));
  if (dot == std::string_view::npos || !position) return std::nullopt;
  return Position{*position};
}

Handled read_batch_headers(const Call& call, CommandRequest& headers) {
  if (auto read = read_command_headers(call, headers); !read) return read;
  const auto refuse_header = [](const char* detail) { return fail(problem_of(RequestCode::malformed_header, detail)); };
  if (headers.if_version) return refuse_header("If-Match has no meaning for many tickets: name their if_versions.");
  if (headers.command_id.size() > batch_key_bytes_max) {
    return refuse_header("The Idempotency-Key of a batch has at most 180 characters.");
  }
  return {};
}

CommandRequest batch_request(const CommandRequest& headers, std::string_view suffix) {
  CommandRequest request;
  request.actor = headers.actor;
  request.on_behalf_of = headers.on_behalf_of;
  request.dry_run = headers.dry_run;
  if (headers.command_id.empty()) return request;
  request.command_id = headers.command_id + "/" + std::string(suffix);
  request.digest = headers.digest;
  return request;
}

Result<std::string, Problem> batch_id_of(const Log& log, const std::vector<BatchStep>& steps) {
  for (const auto& step : steps) {
    if (!step.request || step.request->command_id.empty()) continue;
    auto id = earlier_batch_id(log, step.request->command_id);
    if (!id) return id;
    if (batch_start(*id)) return id;
  }
  return new_batch_id(log);
}

Result<std::optional<Receipt>, Problem> receipt_of(const Log& log, const std::string& command_id) {
  const auto bytes = log.lookup(IndexSpace::command_receipt, command_id);
  if (!bytes) return fail(problem_of(bytes.error()));
  std::optional<Receipt> receipt;
  if (*bytes) receipt = decode_receipt(**bytes);
  return receipt;
}

Result<KeyState, Problem> hold_to_key(const Log& log, const CommandRequest& headers, std::vector<BatchStep>& steps) {
  if (headers.command_id.empty()) return KeyState::none;
  const auto undone = receipt_of(log, headers.command_id + "/1");
  if (!undone) return fail(undone.error());
  if (*undone && (*undone)->digest != headers.digest) return fail(key_reused());
  const auto held = receipt_of(log, headers.command_id);
  if (!held) return fail(held.error());
  if (!*held) return KeyState::free;
  for (auto& step : steps) {
    if (!step.request) continue;
    auto holding = holding_key(headers, step);
    if (holding.request->digest != (*held)->digest) continue;
    step = std::move(holding);
    return KeyState::used;
  }
  return fail(key_reused());
}

Result<std::vector<BatchResult>, Problem> run_under_key(Writer& writer, const CommandRequest& headers,
                                                        std::vector<BatchStep> steps, const std::string& batch_id) {
  std::vector<std::optional<BatchResult>> done(steps.size());
  bool taken = false, reused = false;
  for (std::size_t i = 0; i < steps.size() && !taken; ++i) {
    if (!steps[i].request) continue;
    auto result = std::move(run_batch(writer, {holding_key(headers, steps[i])}, batch_id).front());
    taken = result.decided.has_value();
    // The same request, sent twice at once, may hold the key by a later step.
    const bool held = !taken && result.decided.error().code == RejectionCode::command_id_reused;
    reused = reused || held;
    if (!held) done[i] = std::move(result);
  }
  if (!taken && reused) return fail(key_reused());
  std::vector<BatchStep> rest;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (!done[i]) rest.push_back(std::move(steps[i]));
  }
  auto others = run_batch(writer, std::move(rest), batch_id);
  auto other = others.begin();
  std::vector<BatchResult> results;
  results.reserve(done.size());
  for (auto& result : done) results.push_back(std::move(result ? *result : *other++));
  return results;
}

std::vector<BatchResult> run_batch(Writer& writer, std::vector<BatchStep> steps, const std::string& batch_id) {
  std::vector<BatchResult> results;
  results.reserve(steps.size());
  for (const auto& step : steps) {
    results.push_back({step.number, fail(Rejection{}), step.request ? step.request->if_version : std::nullopt});
  }
  const auto pending = std::make_shared<Pending>(steps.size());
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (!steps[i].request) {
      results[i].decided = fail(std::move(steps[i].request.error()));
      pending->count_down();
      continue;
    }
    steps[i].request->correlation_id = batch_id;
    writer.submit(std::move(*steps[i].request), [&results, pending, i](Decision<Accepted> decided) {
      results[i].decided = std::move(decided);
      pending->count_down();
    });
  }
  pending->wait();
  return results;
}

void write_batch_answer(const Call& call, const std::string& batch_id, const std::vector<BatchResult>& results,
                        HttpResponse& response) {
  JsonWriter json(response.body);
  json.begin_object().key("batch_id").text(batch_id).key("results").begin_array();
  for (const auto& result : results) write_result(json, call, result);
  json.end_array().end_object();
}

}  // namespace greffe
