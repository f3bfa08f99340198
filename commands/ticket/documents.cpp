#include <algorithm>

#include "commands/files/file_name.h"
#include "commands/files/media_type.h"
#include "commands/rights.h"
#include "commands/ticket/field_rules.h"
#include "commands/ticket/relations.h"

namespace greffe::subjects {
namespace {

bool is_digest(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// The size is the content's own, hence a fault of what names the content.
void check_content(const TicketState& owner, const AttachDocument& c, const AttachmentsDefined& rules,
                   FieldFaults& faults) {
  if (!is_digest(c.sha256)) faults.add("sha256", FieldCode::malformed);
  if (c.size_bytes > rules.size_bytes_max) faults.add("sha256", FieldCode::too_large);
  if (owner.documents.size() >= limits::documents_max) faults.add("sha256", FieldCode::too_many);
}

// "image/png", however it was written; without meaning if there are faults.
std::string checked_media_type(const AttachDocument& c, const AttachmentsDefined& rules, FieldFaults& faults) {
  check_text("media_type", c.media_type, {limits::media_type_bytes_max, true}, faults);
  const auto media_type = parse_media_type(c.media_type);
  if (!media_type) {
    faults.add("media_type", FieldCode::malformed);
    return {};
  }
  const MediaTypeRules media_types{rules.media_types_allowed, rules.media_types_refused};
  if (!media_types.allow(*media_type)) faults.add("media_type", FieldCode::media_type_refused);
  return media_type->essence();
}

// The last part of a path; without meaning if there are faults.
std::string checked_file_name(const AttachDocument& c, FieldFaults& faults) {
  check_text("file_name", c.file_name, {limits::file_name_bytes_max, true}, faults);
  auto file_name = clean_file_name(c.file_name);
  if (!file_name) faults.add("file_name", FieldCode::malformed);
  return file_name.value_or("");
}

// Whoever may not read a message may not read what came with it.
Visibility checked_visibility(const AttachDocument& c, bool message_is_internal, FieldFaults& faults) {
  const auto widest = message_is_internal ? Visibility::internal : Visibility::everyone;
  if (message_is_internal && c.visibility == Visibility::everyone) faults.add("visibility", FieldCode::not_one_of);
  return c.visibility.value_or(widest);
}

bool was_there(std::uint32_t number, std::uint32_t count) { return number > 0 && number <= count; }

bool is_there(const std::vector<std::uint32_t>& numbers, std::uint32_t number) {
  return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
}

Outcome not_there(const char* field) {
  FieldFaults faults;
  faults.add(field, FieldCode::not_found);
  return faults.refuse();
}

}  // namespace

// A file to a message that was sent by a merged ticket's number is that ticket's, as the message is:
// between the desk and that ticket's own client. Clients know of no message that they may not read.
Outcome decide(const TicketState& state, const AttachDocument& c, const Context& context) {
  FieldFaults faults;
  const auto ticket = relations::identified(state, context.lookup);
  const auto message = c.message == 0 ? relations::Message{ticket, ticket, false}
                                      : relations::message_of(ticket, c.held_by, c.message, context.lookup);
  const bool known = message && !(message.internal && context.doer.kind == ActorKind::contact) &&
                     rights::may_read(context.doer, *message.owner.state, context.lookup);
  const auto& rules = context.settings.attachments;
  check_content(known ? *message.owner.state : state, c, rules, faults);
  auto media_type = checked_media_type(c, rules, faults);
  auto file_name = checked_file_name(c, faults);
  const auto visibility = checked_visibility(c, known && message.internal, faults);
  if (!known) faults.add("message", FieldCode::not_found);
  if (!faults.empty()) return faults.refuse();
  const auto& [holder, owner, internal] = message;
  DocumentAt document{owner->counts.documents + 1, c.sha256,   c.size_bytes, std::move(media_type),
                      {std::move(file_name)},      visibility, c.message,    {}};
  if (holder.id != owner.id) document.held_by = holder.id;
  if (owner.id == ticket.id) return events(DocumentAttached{std::move(document)});
  Steps steps;
  add(steps, owner.id, DocumentAttached{std::move(document)});
  return steps;
}

Outcome decide(const TicketState& state, const RemoveDocument& command, const Context&) {
  FieldFaults faults;
  check_text("reason", command.reason, reason_rule, faults);
  if (!faults.empty()) return faults.refuse();
  if (is_there(state.documents, command.document)) {
    return events(DocumentRemoved{command.document, {command.reason}});
  }
  return was_there(command.document, state.counts.documents) ? events() : not_there("document");
}

Outcome decide(const TicketState& state, const LinkArticle& command, const Context&) {
  FieldFaults faults;
  check_text("title", command.title, title_rule, faults);
  check_url("url", command.url, faults);
  if (command.url.empty()) faults.add("url", FieldCode::required);
  const TextDigest content = digest_of({command.title, command.url});
  const bool linked = std::any_of(state.articles.begin(), state.articles.end(),
                                  [&](const ArticleState& a) { return a.content == content; });
  if (!linked && state.articles.size() >= limits::articles_max) faults.add("url", FieldCode::too_many);
  if (!faults.empty()) return faults.refuse();
  if (linked) return events();
  return events(ArticleLinked{state.counts.articles + 1, command.title, command.url});
}

Outcome decide(const TicketState& state, const UnlinkArticle& command, const Context&) {
  const bool linked = std::any_of(state.articles.begin(), state.articles.end(),
                                  [&](const ArticleState& a) { return a.article == command.article; });
  if (linked) return events(ArticleUnlinked{command.article});
  return was_there(command.article, state.counts.articles) ? events() : not_there("article");
}

}  // namespace greffe::subjects
