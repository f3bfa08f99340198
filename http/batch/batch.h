// Batches: many commands asked for as one. Each is decided, and answered, by itself; all their
// events carry the batch's id as correlation id, by which the whole can be undone.
//
// An Idempotency-Key is held to its request as a whole, though every step has a receipt of its own:
// the first step that is accepted takes the key itself as its command id, and no other step goes to
// the writer before. Any other request with that key, of one command or of many, meets that receipt
// and is refused before it has done anything. An undoing is tried out as a whole beforehand, so that
// its first step, "<key>/1", stands for it. The digest of each step's receipt is that of the whole
// request; where a step holds the key, its ticket's number goes into the digest too, so that a repeat
// finds the step again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "commands/receipt.h"
#include "http/command_call.h"

namespace greffe {

// "4711.5f0c…": the position of the log's end when the batch was asked for, where a search for
// its events may begin, and 16 random bytes.
std::string new_batch_id(const Log& log);

// The position in the id; absent if it is none.
std::optional<Position> batch_start(std::string_view id);

// One command of a batch.
struct BatchStep {
  std::string number;                // of the ticket it is asked of
  Decision<CommandRequest> request;  // or why it cannot be asked at all
};

// What one step came to.
struct BatchResult {
  std::string number;
  Decision<Accepted> decided;
  std::optional<Version> if_version;  // what the step asked for
};

// Completes a step's request with what the caller's headers say: who asks, dry run, and the
// command id "<Idempotency-Key>/<suffix>", with the digest of the whole request.
CommandRequest batch_request(const CommandRequest& headers, std::string_view suffix);

// The id under which an earlier try of this very batch was begun, by the receipts of its command
// ids; a new one if there was none.
Result<std::string, Problem> batch_id_of(const Log& log, const std::vector<BatchStep>& steps);

// What an earlier command of that id was answered; absent if there was none.
Result<std::optional<Receipt>, Problem> receipt_of(const Log& log, const std::string& command_id);

// What is known of the request's Idempotency-Key: it has none, nothing was done with it, or some of
// this very request was.
enum class KeyState : std::uint8_t { none, free, used };

// Refused with command_id_reused if anything was done with the key for another request; the step
// that holds the key since an earlier try holds it again.
Result<KeyState, Problem> hold_to_key(const Log& log, const CommandRequest& headers, std::vector<BatchStep>& steps);

// run_batch with a free key, which the first accepted step takes; command_id_reused, and nothing
// done, if another request was faster.
Result<std::vector<BatchResult>, Problem> run_under_key(Writer& writer, const CommandRequest& headers,
                                                        std::vector<BatchStep> steps, const std::string& batch_id);

// Hands all steps to the writer at once and waits until every one is answered. In their order.
std::vector<BatchResult> run_batch(Writer& writer, std::vector<BatchStep> steps, const std::string& batch_id);

// {"batch_id","results":[…]}, each with "status" and either what was appended or the "problem". The
// results stand in the steps' order; the number is that of the ticket that a step opened, if any.
// A problem is the one that the step's own path would answer.
void write_batch_answer(const Call& call, const std::string& batch_id, const std::vector<BatchResult>& results,
                        HttpResponse& response);

// The longest Idempotency-Key that leaves room for the steps' own parts.
inline constexpr std::size_t batch_key_bytes_max = 180;

// As read_command_headers, without If-Match, which no batch takes.
Handled read_batch_headers(const Call& call, CommandRequest& headers);

}  // namespace greffe
