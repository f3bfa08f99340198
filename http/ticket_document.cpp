#include "http/ticket_document.h"

#include "commands/texts/local_time.h"
#include "http/ticket_call.h"
#include "http/ticket_texts.h"

namespace greffe {
namespace {

constexpr std::size_t messages_max = 1'000;

// Nothing is fetched or run: what people wrote stands in it.
constexpr auto page_policy =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; sandbox";

constexpr std::string_view built_in_header = R"(<!doctype html>
<html><head><meta charset="utf-8"><title>{{ticket.number}}</title>
<style>body{font-family:sans-serif;max-width:48em;margin:2em auto}dt{font-weight:bold}
.message{border-top:1px solid #999;padding:.5em 0;white-space:pre-wrap}</style></head><body>
{{{header}}}
)";
constexpr std::string_view built_in_body = R"(<h1>#{{ticket.number}} {{ticket.title}}</h1>
<p>{{ticket.opened_at}} · {{ticket.status}} · {{ticket.priority}}{{#ticket.team}} · {{ticket.team}}{{/ticket.team}}</p>
{{#client.name}}<p>{{client.name}}{{#client.organisation}}, {{client.organisation}}{{/client.organisation}}</p>
{{/client.name}}
<p style="white-space:pre-wrap">{{ticket.description}}</p>
{{#messages}}
<div class="message"><p><strong>{{author}}</strong> {{at}}</p>{{body}}</div>
{{/messages}}
)";
constexpr std::string_view built_in_footer = "{{{footer}}}\n</body></html>\n";

struct Model {
  std::string header, body, footer, language;
};

Result<Model, Problem> model_of(const std::optional<TemplateId>& id, const TicketCall& ticket) {
  const auto& languages = ticket.settings->tenant.languages;
  const auto language = languages.empty() ? std::string() : languages.front();
  if (!id)
    return Model{std::string(built_in_header), std::string(built_in_body), std::string(built_in_footer), language};
  const auto row = ticket.snapshot->text_template(*id);
  if (!row || !row->active || row->details.purpose != TemplatePurpose::document) {
    return fail(problem_of(not_found(StreamKind::text_template)));
  }
  const auto& details = row->details;
  return Model{details.header, details.body, details.footer, details.language.empty() ? language : details.language};
}

// Who is not for the reader to know is named by what they are.
std::string author_of(const TimelineEntry& entry, const TicketCall& ticket) {
  const Actor& author = doer(entry.record.envelope);
  const auto row = ticket.snapshot->ticket(entry.origin);
  const bool known = row && ticket.reader.may_know(author, *row, *ticket.snapshot);
  return known ? name_of_actor(author, *ticket.snapshot) : std::string(name_of(author.kind));
}

// Public messages, oldest first; of a united ticket those that the reader may read.
std::vector<TextValues> messages_of(const TicketCall& ticket, const std::string& language) {
  TimelineQuery query;
  query.limit = list_limit_max;
  query.public_only = true;
  if (ticket.reader.is_client()) {
    query.may_see = [&](const TicketRow& row) { return ticket.reader.may_read(row); };
  }
  std::vector<TextValues> messages;
  for (bool more = true; more && messages.size() < messages_max;) {
    const auto page = ticket.snapshot->timeline(ticket.row.id, query);
    if (!page) break;  // the cursor is our own, so that it cannot be refused
    for (const auto& entry : page->rows) {
      const auto* event = std::get_if<TicketEvent>(&entry.record.event);
      const auto* message = event ? std::get_if<MessagePosted>(event) : nullptr;
      if (!message || message->visibility != Visibility::everyone) continue;
      TextValues values;
      values.texts["author"] = author_of(entry, ticket);
      values.texts["body"] = message->body.text;
      values.texts["at"] = local_text(entry.record.envelope.occurred_at, ticket.settings->tenant.time_zone, language);
      messages.push_back(std::move(values));
    }
    query.cursor = page->next_cursor;
    more = !query.cursor.empty();
  }
  return messages;
}

}  // namespace

const Parameters<TicketDocumentAsked>& ticket_document_parameters() {
  using T = TicketDocumentAsked;
  static const Parameters<T> table = {
      {"model", "A template for documents; without it, the built-in one.", id_schema(), false,
       [](std::string_view text, T& into) -> std::optional<FieldCode> {
         const auto id = parse_id(text);
         if (!id) return FieldCode::malformed;
         into.model = TemplateId{*id};
         return std::nullopt;
       }},
      {"min_position", document_parameters().front().description, document_parameters().front().schema, false,
       [](std::string_view text, T& into) {
         DocumentAsked read;
         const auto fault = document_parameters().front().read(text, read);
         into.min_position = read.min_position;
         return fault;
       }},
  };
  return table;
}

Handled get_ticket_document(const Call& call, HttpResponse& response) {
  const auto wanted = asked(call, ticket_document_parameters());
  if (!wanted) return fail(wanted.error());
  const auto ticket = ticket_call(call, wanted->min_position);
  if (!ticket) return fail(ticket.error());
  const auto model = model_of(wanted->model, *ticket);
  if (!model) return fail(model.error());
  const TextAsked text{TextPurpose::document, model->language, call.principal.person()};
  auto values = text_values(ticket->row, *ticket->snapshot, *ticket->settings, text);
  values.lists["messages"] = messages_of(*ticket, model->language);
  for (const auto* part : {&model->header, &model->body, &model->footer}) {
    const auto rendered = render(*part, text.purpose, values);
    if (!rendered) return fail(invalid_fields({{"model", FieldCode::too_long}}));
    response.body += *rendered;
  }
  response.content_type = "text/html; charset=utf-8";
  response.headers = {{"Content-Security-Policy", page_policy},
                      {"X-Content-Type-Options", "nosniff"},
                      {"Referrer-Policy", "no-referrer"}};
  return {};
}

}  // namespace greffe
