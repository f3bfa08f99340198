#include "http/ticket_bodies.h"

namespace greffe {

using namespace ticket_inputs;

namespace {

std::vector<CommandBody> merge_bodies() {
  return {
      ticket_body<MergeTickets>(
          "merge", "Make this ticket part of another one.",
          {required("into", &MergeTickets::into, ticket_number), optional("reason", &MergeTickets::reason, reason),
           nullable("into_version", &MergeTickets::into_version, VersionInput()),
           optional("follow", &MergeTickets::follow, BooleanInput()),
           optional("confirm_contact_mismatch", &MergeTickets::confirm_contact_mismatch, BooleanInput()),
           optional("allow_disclosure", &MergeTickets::allow_disclosure, BooleanInput()),
           optional("keep_contact_as_watcher", &MergeTickets::keep_contact_as_watcher, BooleanInput())}),
      ticket_body<UnmergeTicket>("unmerge", "Make a merged ticket one of its own again.",
                                 {optional("reason", &UnmergeTicket::reason, reason)}),
      ticket_body<SplitMessage>(
          "split-message", "Open a ticket of its own for a message.",
          {required("message", &SplitMessage::message, ordinal), required("title", &SplitMessage::title, title),
           optional("held_by", &SplitMessage::held_by, ticket_number)}),
  };
}

std::vector<CommandBody> hierarchy_bodies() {
  return {
      ticket_body<OpenSubTicket>("open-sub-ticket",
                                 "Open a ticket below this one; contact, team and contexts are copied if left out.",
                                 flattened(&OpenSubTicket::ticket, opening())),
      ticket_body<AttachSubTicket>("attach-sub-ticket", "Put another ticket below this one.",
                                   {required("child", &AttachSubTicket::child, ticket_number)}),
      ticket_body<DetachSubTicket>("detach-sub-ticket", "Make a sub-ticket one of its own.",
                                   {required("child", &DetachSubTicket::child, ticket_number)}),
      ticket_body<MoveSubTicket>("move-sub-ticket", "Put this ticket below another parent.",
                                 {required("parent", &MoveSubTicket::parent, ticket_number)}),
  };
}

std::vector<CommandBody> link_bodies() {
  return {
      ticket_body<LinkTickets>("link-ticket", "Say what this ticket is to another one.",
                               {optional("type", &LinkTickets::type, NameInput<LinkType>()),
                                required("other", &LinkTickets::other, ticket_number)}),
      ticket_body<UnlinkTickets>("unlink-ticket", "Take a link between two tickets away.",
                                 {optional("type", &UnlinkTickets::type, NameInput<LinkType>()),
                                  optional("inverse", &UnlinkTickets::inverse, BooleanInput()),
                                  required("other", &UnlinkTickets::other, ticket_number)}),
  };
}

}  // namespace

std::vector<CommandBody> ticket_relation_bodies() {
  std::vector<CommandBody> all;
  for (auto& bodies : {merge_bodies(), hierarchy_bodies(), link_bodies()}) {
    all.insert(all.end(), bodies.begin(), bodies.end());
  }
  return all;
}

}  // namespace greffe
