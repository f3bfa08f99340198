#include "http/ticket_texts.h"

#include <algorithm>

#include "commands/texts/local_time.h"

namespace greffe {
namespace {

// The label in that language, in any, or the key.
std::string label_in(const std::vector<Label>& labels, const std::string& language, const std::string& key) {
  const auto found =
      std::find_if(labels.begin(), labels.end(), [&](const Label& label) { return label.language == language; });
  if (found != labels.end()) return found->text;
  return labels.empty() ? key : labels.front().text;
}

std::string path_text(const std::vector<std::string>& path) {
  std::string text;
  for (const auto& node : path) text += (text.empty() ? "" : " / ") + node;
  return text;
}

template <class IdType>
std::string name_of_entry(const Snapshot& snapshot, const std::optional<IdType>& id) {
  return id ? snapshot.display_name(stream_of(*id)) : std::string();
}

std::string maker_name(const Snapshot& snapshot, const Actor& maker) {
  if (maker.kind != ActorKind::agent) return {};
  return snapshot.display_name(stream_of(AgentId{maker.id}));
}

void add_times(TextValues& values, const TicketRow& ticket, const Settings& settings, const std::string& language) {
  const auto add = [&](const char* name, const std::optional<Instant>& at) {
    if (at) values.texts[name] = local_text(*at, settings.tenant.time_zone, language);
  };
  add("ticket.opened_at", ticket.opened_at);
  add("ticket.updated_at", ticket.updated_at);
  add("ticket.due_at", ticket.due_at);
  add("ticket.estimated_resolution_at", ticket.estimated_resolution_at);
  add("ticket.closed_at", ticket.last_closed_at);
}

// What the ticket follows up: whoever is told of it knows the other one's number.
std::string followed_up_number(const TicketRow& ticket, const Snapshot& snapshot) {
  for (const auto& link : snapshot.parts(ticket.id).links) {
    if (link.type == LinkType::follow_up_of && !link.inverse) return link.other_number;
  }
  return {};
}

void add_people(TextValues& values, const TicketRow& ticket, const Snapshot& snapshot, const Actor& maker) {
  const auto client = ticket.party.contact ? snapshot.contact(*ticket.party.contact) : std::nullopt;
  if (client) {
    values.texts["client.name"] = client->details.display_name.text;
    values.texts["client.email"] = client->details.email.text;
  }
  values.texts["client.organisation"] = name_of_entry(snapshot, ticket.party.organisation);
  values.texts["assignee.name"] = name_of_entry(snapshot, ticket.assignee);
  values.texts["ticket.team"] = name_of_entry(snapshot, ticket.team);
  values.texts["agent.name"] = maker_name(snapshot, maker);
}

}  // namespace

TextValues text_values(const TicketRow& ticket, const Snapshot& snapshot, const Settings& settings,
                       const TextAsked& asked) {
  TextValues values;
  const auto* status = find_status(settings, ticket.status.key);
  const auto* priority = find_priority(settings, ticket.priority.key);
  values.texts = {
      {"ticket.number", ticket.number},
      {"ticket.title", ticket.title.text},
      {"ticket.description", ticket.description.text},
      {"ticket.status", status != nullptr ? label_in(status->labels, asked.language, status->key) : ticket.status.key},
      {"ticket.priority",
       priority != nullptr ? label_in(priority->labels, asked.language, priority->key) : ticket.priority.key},
      {"ticket.category", path_text(ticket.classification.category)},
      {"ticket.request_type", ticket.classification.request_type},
      {"ticket.follow_up_of", followed_up_number(ticket, snapshot)},
  };
  add_times(values, ticket, settings, asked.language);
  add_people(values, ticket, snapshot, asked.maker);
  if (asked.purpose != TextPurpose::reply) {
    values.texts["header"] = settings.notifications.header;
    values.texts["footer"] = settings.notifications.footer;
  }
  return values;
}

}  // namespace greffe
