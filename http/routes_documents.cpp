#include "events/check.h"
#include "events/codec.h"
#include "http/command_call.h"
#include "http/digest.h"
#include "http/documents.h"
#include "http/headers.h"
#include "http/ticket_call.h"
#include "http/ticket_document.h"
#include "http/ticket_inputs.h"
#include "http/upload/download.h"
#include "http/upload/upload_code.h"

namespace greffe {
namespace {

// What goes with the files of one upload: fields of the form, or parameters of a raw body.
struct UploadAsked {
  std::optional<Visibility> visibility;
  std::uint32_t message = 0;
  std::string held_by;
};

const Parameters<UploadAsked>& upload_parameters() {
  using T = UploadAsked;
  static const Parameters<T> table = {
      {"visibility",
       "Who may see the files: without it everyone, or those who may see the message; of a form, a field of it.",
       NameInput<Visibility>().schema(), false,
       [](std::string_view text, T& into) -> std::optional<FieldCode> {
         const auto visibility = named<Visibility>(text);
         if (!visibility) return FieldCode::not_one_of;
         into.visibility = *visibility;
         return std::nullopt;
       }},
      {"message", "Number of the message that they came with; of a form, a field of it.", NumberInput{1}.schema(),
       false,
       [](std::string_view text, T& into) -> std::optional<FieldCode> {
         const auto number = parse_id(text);
         if (!number) return FieldCode::malformed;
         if (*number > UINT32_MAX) return FieldCode::out_of_range;
         into.message = static_cast<std::uint32_t>(*number);
         return std::nullopt;
       }},
      {"held_by", "Number of the ticket that numbers the message, as the timeline shows it; of a form, a field of it.",
       ticket_inputs::ticket_number.schema(), false,
       [](std::string_view text, T& into) -> std::optional<FieldCode> {
         if (text.size() > ticket_inputs::number_bytes_max) return FieldCode::too_long;
         into.held_by = text;
         return std::nullopt;
       }},
  };
  return table;
}

Result<std::shared_ptr<UploadSink>, Problem> upload_in(const Call& call) {
  if (auto blobs = blobs_of(call.services); !blobs) return fail(blobs.error());
  auto sink = upload_of(call.request);
  if (!sink) return fail(problem_of(UploadCode::malformed_upload, "The request holds no file."));
  if (sink->upload().files.empty()) {
    return fail(problem_of(UploadCode::malformed_upload, "The form holds no file."));
  }
  return sink;
}

Result<UploadAsked, Problem> asked_with(const Call& call, const Upload& upload) {
  auto given = call.request.parameters;
  given.insert(given.end(), upload.fields.begin(), upload.fields.end());
  UploadAsked wanted;
  Faults faults;
  read_parameters(upload_parameters(), given, wanted, faults);
  if (!faults.empty()) return fail(invalid_fields(faults.take()));
  return wanted;
}

std::string name_of_file(const UploadedFile& file) { return file.file_name.value_or("document"); }

// The body is on the disk by now: what was sent is told by the digests and names of all the files
// in their order, and by the form's fields.
RequestDigest digest_of(const CommandRequest& headers, const Upload& upload) {
  auto digest = headers.digest;
  const auto bytes = [&] { return std::string_view(reinterpret_cast<const char*>(digest.data()), digest.size()); };
  for (const auto& file : upload.files) digest = sha256_of({bytes(), file.blob.sha256.hex, name_of_file(file)});
  for (const auto& [name, value] : upload.fields) digest = sha256_of({bytes(), "field", name, value});
  return digest;
}

// One command a file, the first with the caller's key, the others with their place in the upload
// added. All have the digest of the whole upload. The first goes to the writer before the others, so
// that another upload with the key is refused before any of its files is attached.
std::vector<CommandRequest> attachments(TicketId ticket, const CommandRequest& headers, const Upload& upload,
                                        const UploadAsked& wanted) {
  std::vector<CommandRequest> requests;
  const auto digest = digest_of(headers, upload);
  for (const auto& file : upload.files) {
    auto request = headers;
    request.target = ticket.value;
    request.digest = digest;
    if (!requests.empty()) {
      request.if_version.reset();
      if (!headers.command_id.empty()) request.command_id += "/" + std::to_string(requests.size() + 1);
    }
    request.command =
        TicketCommand{AttachDocument{file.blob.sha256.hex, file.blob.size_bytes, file.media_type, name_of_file(file),
                                     wanted.visibility, wanted.message, wanted.held_by, true}};
    requests.push_back(std::move(request));
  }
  return requests;
}

// What `decide` would say now, before anything is made durable.
Handled try_all(const Call& call, const std::vector<CommandRequest>& requests) {
  for (auto request : requests) {
    request.dry_run = true;
    request.command_id.clear();
    const auto if_version = request.if_version;
    const auto decided = call.services.writer.submit(std::move(request));
    if (!decided) return fail(refused(call, decided.error(), if_version));
  }
  return {};
}

Result<Record, Problem> record_at(const Log& log, Position position) {
  const auto bytes = log.read_one(position);
  if (!bytes) return fail(problem_of(bytes.error()));
  auto record = decode(*bytes);
  if (!record) return fail(problem_of(LogFailure{LogFailure::Kind::corrupt, position, "a record is damaged"}));
  return std::move(*record);
}

template <class Event>
const Event* ticket_event(const Record& record) {
  const auto* event = std::get_if<TicketEvent>(&record.event);
  return event != nullptr ? std::get_if<Event>(event) : nullptr;
}

// Where the document is, which only its event tells: a file to a message that came by a merged
// ticket's number is that ticket's.
struct DocumentPlace {
  std::uint32_t document = 0;
  std::string ticket_number;
};

Result<DocumentPlace, Problem> place_of_document(const Log& log, const Accepted& accepted) {
  for (const auto& event : accepted.events) {
    const auto record = record_at(log, event.position);
    if (!record) return fail(record.error());
    const auto* attached = ticket_event<DocumentAttached>(*record);
    if (attached == nullptr) continue;
    // A ticket's id is the position of its opening.
    const auto opening = record_at(log, {record->envelope.stream_id});
    if (!opening) return fail(opening.error());
    const auto* opened = ticket_event<TicketOpened>(*opening);
    GREFFE_CHECK(opened != nullptr, "a ticket's first event opens it");
    return DocumentPlace{attached->document.document, opened->number};
  }
  return DocumentPlace{};
}

void write_file(JsonWriter& json, const UploadedFile& file) {
  json.key("sha256").text(file.blob.sha256.hex).key("size_bytes").value(file.blob.size_bytes);
  json.key("media_type").text(file.media_type).key("file_name").text(name_of_file(file));
}

Handled attach_all(const Call& call, std::vector<CommandRequest> requests, const Upload& upload,
                   HttpResponse& response) {
  Accepted last;
  JsonWriter json(response.body);
  json.begin_object().key("number").text(call.segment).key("documents").begin_array();
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const auto if_version = requests[i].if_version;
    auto decided = call.services.writer.submit(std::move(requests[i]));
    if (!decided) return fail(refused(call, decided.error(), if_version));
    last = std::move(*decided);
    const auto place = place_of_document(call.services.log, last);
    if (!place) return fail(place.error());
    json.begin_object().key("document").value(place->document);
    write_file(json, upload.files[i]);
    json.key("url").text("/v1/tickets/" + place->ticket_number + "/documents/" + std::to_string(place->document));
    json.end_object();
  }
  json.end_array().key("version").value(last.version).key("position").value(last.position).end_object();
  response.status = 201;
  response.headers.emplace_back("ETag", "\"" + std::to_string(last.version.value) + "\"");
  return {};
}

Handled upload_to_ticket(const Call& call, HttpResponse& response) {
  const auto ticket = ticket_in_path(call);
  if (!ticket) return fail(ticket.error());
  const auto sink = upload_in(call);
  if (!sink) return fail(sink.error());
  CommandRequest headers;
  if (auto read = read_command_headers(call, headers); !read) return read;
  const auto wanted = asked_with(call, (*sink)->upload());
  if (!wanted) return fail(wanted.error());
  auto requests = attachments(*ticket, headers, (*sink)->upload(), *wanted);
  if (auto tried = try_all(call, requests); !tried) return tried;
  const auto kept = (*sink)->keep();
  if (!kept) return fail(kept.error());
  return attach_all(call, std::move(requests), *kept, response);
}

// Whether the caller may do anything that a file is for.
Handled check_may_upload(const Call& call) {
  if (!call.principal.on_behalf_of) return {};
  const auto snapshot = snapshot_at(call.services, call.services.log.tail());
  if (!snapshot) return fail(snapshot.error());
  if (auto checked = check_person(call.principal, **snapshot); !checked) return checked;
  if (Reader(call.principal, **snapshot).role() != rights::Role::auditor) return {};
  return fail(problem_of(refuse(RejectionCode::forbidden, "Auditors read and change nothing.").value()));
}

// For tickets that are still to be opened, and messages still to be written. Not for clients, to
// whom a digest gives nothing: they upload to their ticket.
Handled upload_alone(const Call& call, HttpResponse& response) {
  if (auto checked = check_may_upload(call); !checked) return checked;
  const auto sink = upload_in(call);
  if (!sink) return fail(sink.error());
  const auto kept = (*sink)->keep();
  if (!kept) return fail(kept.error());
  JsonWriter json(response.body);
  json.begin_object().key("blobs").begin_array();
  for (const auto& file : kept->files) {
    json.begin_object();
    write_file(json, file);
    json.end_object();
  }
  json.end_array().end_object();
  response.status = 201;
  return {};
}

Handled get_document(const Call& call, HttpResponse& response) {
  const auto wanted = asked(call, document_parameters());
  if (!wanted) return fail(wanted.error());
  const auto ticket = ticket_call(call, wanted->min_position);
  if (!ticket) return fail(ticket.error());
  const auto number = parse_id(call.second_segment);
  for (const auto& row : ticket->snapshot->parts(ticket->row.id).documents) {
    const auto& document = row.document;
    if (document.document != number || !ticket->reader.may_read(document.visibility)) continue;
    const auto blobs = blobs_of(call.services);
    if (!blobs) return fail(blobs.error());
    const auto digest = parse_blob_digest(document.sha256);
    if (!digest) break;
    auto reader = (*blobs)->open(*digest);
    if (!reader) return fail(problem_of(reader.error()));
    answer_document(std::move(*reader), *digest, document.media_type, document.file_name.text, response);
    return {};
  }
  return fail(problem_of(RequestCode::document_not_found, "The ticket shows no document of this number."));
}

Route upload_route(std::string path, std::string summary, Handled (*handle)(const Call&, HttpResponse&),
                   std::vector<ParameterText> parameters, std::string answer) {
  return {.method = "POST",
          .path = std::move(path),
          .summary = std::move(summary),
          .handle = handle,
          .for_clients = true,
          .uploads = true,
          .parameters = std::move(parameters),
          .creates = true,
          .answer = std::move(answer)};
}

}  // namespace

Routes document_routes() {
  auto routes = Routes{
      upload_route("/v1/tickets/{number}/documents", "Attach files: one as the body itself, or several as a form.",
                   upload_to_ticket, texts_of(upload_parameters()), "DocumentsAttached"),
      upload_route("/v1/blobs", "Store files that a later command names by their digests.", upload_alone, {},
                   "BlobsStored"),
      client_query_route("/v1/tickets/{number}/documents/{document}", "A document's bytes, to be saved.", get_document,
                         texts_of(document_parameters()), ""),
      client_query_route("/v1/tickets/{number}/document", "The ticket as HTML, by a template or the built-in one.",
                         get_ticket_document, texts_of(ticket_document_parameters()), ""),
  };
  routes[1].for_clients = false;
  routes[2].downloads = true;
  routes[3].content_type = "text/html";
  return routes;
}

}  // namespace greffe
