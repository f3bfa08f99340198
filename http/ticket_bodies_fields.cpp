#include "http/ticket_bodies.h"

namespace greffe {

using namespace ticket_inputs;

namespace {

Inputs<ChangeParticulars> named_particulars() {
  auto rows = flattened(&ChangeParticulars::wanted, particulars());
  for (auto& row : rows) {
    row.read = [name = row.name, read = row.read](const Json& json, const std::string& path, ChangeParticulars& into,
                                                  Faults& faults) {
      into.named.push_back(name);
      read(json, path, into, faults);
    };
  }
  return rows;
}

// An organisation that is named, be it as none, is the one that is meant.
Inputs<LinkContact> told_party() {
  auto rows = flattened(&LinkContact::party, party());
  for (auto& row : rows) {
    if (row.name != "organisation") continue;
    row.read = [read = row.read](const Json& json, const std::string& path, LinkContact& into, Faults& faults) {
      into.as_told = true;
      read(json, path, into, faults);
    };
  }
  return rows;
}

}  // namespace

std::vector<CommandBody> ticket_field_bodies() {
  return {
      ticket_body<RenameTicket>("rename", "Give the ticket another title.",
                                {required("title", &RenameTicket::title, title)}),
      ticket_body<EditDescription>("edit-description", "Replace the description.",
                                   {required("description", &EditDescription::description, text)}),
      ticket_body<ChangePriority>("change-priority", "Set another priority.",
                                  {required("priority", &ChangePriority::priority, key)}),
      ticket_body<ClassifyTicket>("classify", "Set category, request type or group; absent ones stay as they are.",
                                  {optional("category", &ClassifyTicket::category, category),
                                   optional("request_type", &ClassifyTicket::request_type, key),
                                   optional("group", &ClassifyTicket::group, key)}),
      ticket_body<ChangeOrigin>("change-origin", "Say what kind of communication it was.",
                                {required("origin", &ChangeOrigin::origin, key)}),
      ticket_body<ChangeParticulars>("change-particulars",
                                     "Set short texts about the ticket; absent ones stay as they are, \"\" clears one.",
                                     named_particulars()),
      ticket_body<LinkContact>(
          "link-contact",
          "Say whom the ticket is for; replaces the whole party. Without `organisation`, a person comes with theirs.",
          told_party()),
      ticket_body<SetDueDate>("set-due-date", "Set the due date; null removes it.",
                              {must_be_given(nullable("due_at", &SetDueDate::due_at, InstantInput()))}),
      ticket_body<SetEstimatedResolution>(
          "set-estimated-resolution", "Say when the ticket will be resolved; null removes the date.",
          {must_be_given(
              nullable("estimated_resolution_at", &SetEstimatedResolution::estimated_resolution_at, InstantInput()))}),
      ticket_body<SetNotifications>("set-notifications", "Say who is told of what happens to this ticket.",
                                    {optional("notify_client", &SetNotifications::notify_client, BooleanInput()),
                                     optional("notify_assignee", &SetNotifications::notify_assignee, BooleanInput())}),
  };
}

std::vector<CommandBody> ticket_assignment_bodies() {
  return {
      ticket_body<ClaimTicket>("claim", "Take a ticket that nobody has."),
      ticket_body<TakeOverTicket>("take-over", "Take the ticket, whoever has it."),
      ticket_body<AssignTicket>("assign", "Give the ticket to an agent.",
                                {required("assignee", &AssignTicket::assignee, IdInput<AgentId>())}),
      ticket_body<UnassignTicket>("unassign", "Leave the ticket to nobody."),
      ticket_body<MoveTicketToTeam>("move-to-team", "Give the ticket to a team; null takes it out of its team.",
                                    {must_be_given(nullable("team", &MoveTicketToTeam::team, IdInput<TeamId>()))}),
  };
}

std::vector<CommandBody> ticket_status_bodies() {
  return {
      ticket_body<MarkRead>("mark-read", "Say that somebody who works on tickets has seen it."),
      ticket_body<ChangeStatus>("change-status", "Set another status; may close or reopen.",
                                {required("status", &ChangeStatus::status, key)}),
      ticket_body<CloseTicket>(
          "close", "Close the ticket.",
          {nullable("status", &CloseTicket::status, key), optional("resolution", &CloseTicket::resolution, reason),
           optional("notify", &CloseTicket::notify, NameInput<NotifyChoice>()),
           optional("force", &CloseTicket::force, BooleanInput()), optional("reason", &CloseTicket::reason, reason)}),
      ticket_body<ReopenTicket>(
          "reopen", "Reopen the ticket.",
          {nullable("status", &ReopenTicket::status, key), optional("reason", &ReopenTicket::reason, reason)}),
      ticket_body<DeleteTicket>("delete", "Take the ticket out of all lists; it can be restored.",
                                {required("reason", &DeleteTicket::reason, reason)}),
      ticket_body<RestoreTicket>("restore", "Bring a deleted ticket back.",
                                 {optional("reason", &RestoreTicket::reason, reason)}),
  };
}

}  // namespace greffe
