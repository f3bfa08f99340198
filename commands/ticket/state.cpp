#include "commands/ticket/state.h"

#include <openssl/sha.h>

#include "events/result.h"

namespace greffe {
namespace {

void open(TicketState& s, const TicketOpened& e) {
  s.number = e.number;
  s.kind = e.kind;
  s.title = e.title.text;
  s.description = digest_of(e.description.text);
  s.status = e.status;
  s.priority = e.priority;
  s.classification = e.classification;
  s.party = e.party;
  s.team = e.team;
  s.external_id = e.external_id;
}

void reopen(TicketState& s, const TicketReopened& e) {
  s.status = e.new_status;
  s.reopen_count = e.reopen_count;
}

}  // namespace

TextDigest digest_of(std::string_view text) {
  TextDigest digest;
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
  return digest;
}

void evolve(TicketState& s, const TicketEvent& event) {
  s.version = next(s.version);
  std::visit(overloaded{
                 [&](const TicketOpened& e) { open(s, e); },
                 [&](const TitleChanged& e) { s.title = e.new_title.text; },
                 [&](const DescriptionChanged& e) { s.description = digest_of(e.new_description.text); },
                 [&](const TicketAssigned& e) { s.assignee = e.new_assignee; },
                 [&](const TicketUnassigned&) { s.assignee.reset(); },
                 [&](const TicketMovedToTeam& e) { s.team = e.new_team; },
                 [&](const StatusChanged& e) { s.status = e.new_status; },
                 [&](const PriorityChanged& e) { s.priority = e.new_priority; },
                 [&](const TicketClassified& e) { s.classification = e.new_classification; },
                 [&](const ContactLinked& e) { s.party = e.new_party; },
                 [](const MessagePosted&) {},
                 [&](const TicketClosed& e) { s.status = e.new_status; },
                 [&](const TicketReopened& e) { reopen(s, e); },
             },
             event);
}

}  // namespace greffe
