#include "http/ticket_inputs.h"

#include <algorithm>

namespace greffe::ticket_inputs {
namespace {

const Inputs<Addressee>& addressee() {
  static const Inputs<Addressee> fields = {
      optional("agent", &Addressee::agent, IdInput<AgentId>()),
      optional("contact", &Addressee::contact, IdInput<ContactId>()),
      optional("email", &Addressee::email, email),
  };
  return fields;
}

Inputs<Detail> detail() { return {required("name", &Detail::name, key), required("text", &Detail::text, title)}; }

Inputs<Classification> classification() {
  return {
      optional("category", &Classification::category, category),
      optional("request_type", &Classification::request_type, key),
      optional("group", &Classification::group, key),
  };
}

Inputs<OpenTicket> opening_subject() {
  return {
      required("title", &OpenTicket::title, title),
      optional("description", &OpenTicket::description, text),
      optional("kind", &OpenTicket::kind, NameInput<TicketKind>()),
      // Imported tickets come by the import, which keeps their own times.
      optional("channel", &OpenTicket::channel, NameInput<Channel>{Channel::imported}),
      optional("origin", &OpenTicket::origin, key),
      nullable("priority", &OpenTicket::priority, key),
      nullable("team", &OpenTicket::team, IdInput<TeamId>()),
      nullable("assignee", &OpenTicket::assignee, IdInput<AgentId>()),
      optional("external_id", &OpenTicket::external_id, TextInput{limits::external_id_bytes_max}),
      nullable("due_at", &OpenTicket::due_at, InstantInput()),
      nullable("estimated_resolution_at", &OpenTicket::estimated_resolution_at, InstantInput()),
  };
}

Inputs<OpenTicket> opening_surroundings() {
  return {
      optional("notify_client", &OpenTicket::notify_client, BooleanInput()),
      optional("notify_assignee", &OpenTicket::notify_assignee, BooleanInput()),
      optional("notify_managers", &OpenTicket::notify_managers, BooleanInput()),
      optional("comment", &OpenTicket::comment, text),
      optional("copies", &OpenTicket::copies, ListInput<AddresseeInput>{{}, limits::watchers_max}),
      optional("watcher_emails", &OpenTicket::watcher_emails, ListInput<TextInput>{email, limits::watchers_max}),
      optional("contexts", &OpenTicket::contexts,
               ListInput<ObjectInput<WantedContext>>{{context()}, limits::contexts_max}),
      optional("answers", &OpenTicket::answers, AnswersInput()),
  };
}

}  // namespace

std::optional<Addressee> AddresseeInput::read(const Json& json, const std::string& path, Faults& faults) const {
  const auto read = ObjectInput<Addressee>{addressee()}.read(json, path, faults);
  if (!read) return std::nullopt;
  const int count = int(read->agent.has_value()) + int(read->contact.has_value()) + int(!read->email.text.empty());
  if (count == 1) return read;
  faults.add(path, count == 0 ? FieldCode::required : FieldCode::too_many);
  return std::nullopt;
}

Json AddresseeInput::schema() const {
  Json schema = schema_of(addressee());
  schema["minProperties"] = 1;
  schema["maxProperties"] = 1;
  return schema;
}

std::optional<std::vector<Answer>> AnswersInput::read(const Json& json, const std::string& path, Faults& faults) const {
  if (!json.is_object()) faults.add(path, FieldCode::wrong_type);
  else if (json.size() > answers_max) faults.add(path, FieldCode::too_many);
  if (!json.is_object() || json.size() > answers_max) return std::nullopt;
  std::vector<Answer> answers;
  for (const auto& [question, answer] : json.items()) {
    auto given = reason.read(answer, joined(path, question), faults);
    if (given && question.size() <= limits::key_bytes_max) answers.push_back({question, {}, {std::move(*given)}});
    else if (given) faults.add(joined(path, question), FieldCode::unknown_value);
  }
  // Those that could be read are decided on, lest they be reported as missing.
  return answers;
}

Json AnswersInput::schema() const {
  return {{"type", "object"}, {"maxProperties", answers_max}, {"additionalProperties", reason.schema()}};
}

std::optional<std::string> DigestInput::read(const Json& json, const std::string& path, Faults& faults) const {
  auto digits = TextInput{64}.read(json, path, faults);
  if (!digits) return std::nullopt;
  const auto hexadecimal = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  if (digits->size() == 64 && std::all_of(digits->begin(), digits->end(), hexadecimal)) return digits;
  faults.add(path, FieldCode::malformed);
  return std::nullopt;
}

Inputs<Party> party() {
  return {nullable("contact", &Party::contact, IdInput<ContactId>()),
          nullable("organisation", &Party::organisation, IdInput<OrganisationId>())};
}

Inputs<Particulars> particulars() {
  Inputs<Particulars> rows;
  for_each_field<Particulars>([&](const auto& f, std::size_t) { rows.push_back(optional(f.name, f.member, title)); });
  return rows;
}

Inputs<WantedContext> context() {
  return {
      nullable("context", &WantedContext::context, IdInput<ContextId>()),
      optional("type", &WantedContext::type, key),
      optional("label", &WantedContext::label, title),
      optional("url", &WantedContext::url, address),
      optional("summary", &WantedContext::summary, ListInput<ObjectInput<Detail>>{{detail()}, limits::details_max}),
  };
}

Inputs<OpenTicket> opening() {
  return combined(
      combined(combined(opening_subject(), flattened(&OpenTicket::classification, classification())),
               combined(flattened(&OpenTicket::party, party()), flattened(&OpenTicket::particulars, particulars()))),
      opening_surroundings());
}

}  // namespace greffe::ticket_inputs
