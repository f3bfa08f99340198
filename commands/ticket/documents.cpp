#include <algorithm>

#include "commands/rights.h"
#include "commands/ticket/field_rules.h"
#include "commands/ticket/relations.h"

namespace greffe::subjects {
namespace {

// "image/*" covers every image.
bool matches(std::string_view pattern, std::string_view media_type) {
  if (!pattern.ends_with("/*")) return pattern == media_type;
  return media_type.starts_with(pattern.substr(0, pattern.size() - 1));
}

bool among(const std::vector<std::string>& patterns, std::string_view media_type) {
  return std::any_of(patterns.begin(), patterns.end(), [&](const auto& p) { return matches(p, media_type); });
}

bool is_digest(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

void check_document(const TicketState& owner, const AttachDocument& c, const AttachmentsDefined& rules,
                    FieldFaults& faults) {
  if (!is_digest(c.sha256)) faults.add("sha256", FieldCode::malformed);
  if (c.size_bytes > rules.size_bytes_max) faults.add("size_bytes", FieldCode::too_large);
  check_text("media_type", c.media_type, {limits::media_type_bytes_max, true}, faults);
  const bool allowed = rules.media_types_allowed.empty() || among(rules.media_types_allowed, c.media_type);
  if (!allowed || among(rules.media_types_refused, c.media_type)) {
    faults.add("media_type", FieldCode::media_type_refused);
  }
  check_text("file_name", c.file_name, {limits::file_name_bytes_max, true}, faults);
  if (owner.documents.size() >= limits::documents_max) faults.add("sha256", FieldCode::too_many);
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
  check_document(known ? *message.owner.state : state, c, context.settings.attachments, faults);
  if (!known) faults.add("message", FieldCode::not_found);
  if (!faults.empty()) return faults.refuse();
  const auto& [holder, owner, internal] = message;
  DocumentAt document{
      owner->counts.documents + 1, c.sha256, c.size_bytes, c.media_type, {c.file_name}, c.visibility, c.message, {}};
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
  if (state.articles.size() >= limits::articles_max) faults.add("url", FieldCode::too_many);
  if (!faults.empty()) return faults.refuse();
  return events(ArticleLinked{state.counts.articles + 1, command.title, command.url});
}

Outcome decide(const TicketState& state, const UnlinkArticle& command, const Context&) {
  if (is_there(state.articles, command.article)) return events(ArticleUnlinked{command.article});
  return was_there(command.article, state.counts.articles) ? events() : not_there("article");
}

}  // namespace greffe::subjects
