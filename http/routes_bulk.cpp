#include <algorithm>

#include "http/batch/batch.h"
#include "http/batch/bulk_bodies.h"
#include "http/batch/undo.h"
#include "http/documents.h"
#include "http/headers.h"
#include "http/query_call.h"

namespace greffe {
namespace {

// The request's body by its table; all faults at once, those of the query too.
template <class T>
Result<T, Problem> read_asked(const Call& call, const Inputs<T>& fields) {
  const auto json = read_json_object(call.request);
  if (!json) return fail(json.error());
  Faults faults;
  for (const auto& [name, value] : call.request.parameters) faults.add(name, FieldCode::unknown_field);
  T asked;
  read_object(fields, *json, "", asked, faults);
  if (!faults.empty()) return fail(invalid_fields(faults.take()));
  return asked;
}

// The step for the ticket of that number; one that there is none of is refused by itself.
Result<BatchStep, Problem> step_for(const Call& call, const CommandRequest& headers, const std::string& number,
                                    AnyCommand command) {
  const auto ticket = call.services.writer.find_ticket(number);
  if (!ticket) return fail(problem_of(ticket.error()));
  if (!*ticket) return BatchStep{number, fail(not_found(StreamKind::ticket))};
  auto request = batch_request(headers, number);
  request.target = (*ticket)->value;
  request.command = std::move(command);
  return BatchStep{number, std::move(request)};
}

// Which step keeps the Idempotency-Key from other requests; see http/batch/batch.h.
enum class KeyHolder : std::uint8_t { first_accepted, first };

Handled answer_batch(const Call& call, const CommandRequest& headers, std::vector<BatchStep> steps, KeyHolder holder,
                     HttpResponse& response) {
  const auto key = hold_to_key(call.services.log, headers, steps);
  if (!key) return fail(key.error());
  const auto id = batch_id_of(call.services.log, steps);
  if (!id) return fail(id.error());
  auto& writer = call.services.writer;
  const bool takes_key = *key == KeyState::free && holder == KeyHolder::first_accepted;
  auto results = takes_key ? run_under_key(writer, headers, std::move(steps), *id)
                           : Result<std::vector<BatchResult>, Problem>(run_batch(writer, std::move(steps), *id));
  if (!results) return fail(results.error());
  if (prefers_dry_run(call.request)) response.headers.emplace_back("Preference-Applied", "dry-run");
  write_batch_answer(call, *id, *results, response);
  return {};
}

// The one command as its own path would read it.
Result<AnyCommand, Problem> read_bulk_command(const Call& call, const BulkAsked& asked) {
  const auto& changes = ticket_bodies().changes;
  const auto body =
      std::find_if(changes.begin(), changes.end(), [&](const CommandBody& b) { return b.name == asked.command; });
  Faults own;
  auto command = body->read(asked.body, own);
  if (auto completed = complete_document(call, command, own); !completed) return fail(completed.error());
  if (own.empty()) return command;
  std::vector<FieldFault> faults;
  for (const auto& fault : own.take()) faults.push_back({joined("body", fault.field), fault.code});
  return fail(invalid_fields(std::move(faults)));
}

// A version of a ticket that is not asked of would guard nothing.
Handled check_versions(const BulkAsked& asked) {
  std::vector<FieldFault> faults;
  for (const auto& [number, version] : asked.if_versions) {
    const bool found = std::find(asked.tickets.begin(), asked.tickets.end(), number) != asked.tickets.end();
    if (!found) faults.push_back({joined("if_versions", number), FieldCode::not_one_of});
  }
  if (faults.empty()) return {};
  return fail(invalid_fields(std::move(faults)));
}

Handled change_many(const Call& call, HttpResponse& response) {
  CommandRequest headers;
  if (auto read = read_batch_headers(call, headers); !read) return read;
  const auto asked = read_asked(call, bulk_inputs());
  if (!asked) return fail(asked.error());
  if (auto checked = check_versions(*asked); !checked) return checked;
  const auto command = read_bulk_command(call, *asked);
  if (!command) return fail(command.error());
  std::vector<BatchStep> steps;
  for (const auto& number : asked->tickets) {
    auto step = step_for(call, headers, number, *command);
    if (!step) return fail(step.error());
    const auto version = asked->if_versions.find(number);
    if (step->request && version != asked->if_versions.end()) step->request->if_version = version->second;
    steps.push_back(std::move(*step));
  }
  return answer_batch(call, headers, std::move(steps), KeyHolder::first_accepted, response);
}

Handled absorb(const Call& call, HttpResponse& response) {
  CommandRequest headers;
  if (auto read = read_batch_headers(call, headers); !read) return read;
  const auto target = ticket_in_path(call);
  if (!target) return fail(target.error());
  auto asked = read_asked(call, absorb_inputs());
  if (!asked) return fail(asked.error());
  asked->merge.into = call.segment;
  std::vector<BatchStep> steps;
  for (const auto& number : asked->sources) {
    auto step = step_for(call, headers, number, TicketCommand{asked->merge});
    if (!step) return fail(step.error());
    steps.push_back(std::move(*step));
  }
  return answer_batch(call, headers, std::move(steps), KeyHolder::first_accepted, response);
}

Handled undo(const Call& call, HttpResponse& response) {
  CommandRequest headers;
  if (auto read = read_batch_headers(call, headers); !read) return read;
  if (const auto asked = read_asked(call, Inputs<std::monostate>{}); !asked) return fail(asked.error());
  auto steps = undo_steps(call, headers);
  if (!steps) return fail(steps.error());
  return answer_batch(call, headers, std::move(*steps), KeyHolder::first, response);
}

Route batch_route(std::string path, std::string summary, Handled (*handle)(const Call&, HttpResponse&), Json request) {
  return {.method = "POST",
          .path = std::move(path),
          .summary = std::move(summary),
          .handle = handle,
          .request = std::move(request),
          .answer = "BatchAnswer"};
}

}  // namespace

Routes bulk_routes() {
  return {
      batch_route("/v1/tickets/bulk", "One command for many tickets; each is answered by itself.", change_many,
                  schema_of(bulk_inputs())),
      batch_route("/v1/tickets/{number}/absorb", "Merge several tickets into this one; each is answered by itself.",
                  absorb, schema_of(absorb_inputs())),
      batch_route("/v1/batches/{batch}/undo", "Take back what a batch did, wholly or not at all.", undo,
                  schema_of(Inputs<std::monostate>{})),
  };
}

}  // namespace greffe
