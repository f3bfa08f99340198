#include "http/ticket_bodies.h"

namespace greffe {

using namespace ticket_inputs;

namespace {

std::vector<CommandBody> todo_bodies() {
  return {
      ticket_body<AddTodo>(
          "add-todo", "Add something to do.",
          {required("text", &AddTodo::text, reason), nullable("assignee", &AddTodo::assignee, IdInput<AgentId>()),
           nullable("due_at", &AddTodo::due_at, InstantInput())}),
      ticket_body<CompleteTodo>(
          "complete-todo", "Mark something as done.",
          {required("todo", &CompleteTodo::todo, ordinal), optional("origin", &CompleteTodo::part, ticket_number)}),
      ticket_body<ReopenTodo>(
          "reopen-todo", "Mark something as not done after all.",
          {required("todo", &ReopenTodo::todo, ordinal), optional("origin", &ReopenTodo::part, ticket_number)}),
      ticket_body<DropTodo>(
          "drop-todo", "Take something off the list.",
          {required("todo", &DropTodo::todo, ordinal), optional("origin", &DropTodo::part, ticket_number)}),
      ticket_body<ReorderTodos>(
          "reorder-todos", "Put the list in another order; names every to-do on it.",
          {required("todos", &ReorderTodos::todos, ListInput<NumberInput>{ordinal, limits::todos_max})}),
  };
}

std::vector<CommandBody> document_bodies() {
  return {
      // The size is the stored blob's own.
      ticket_body<AttachDocument>(
          "attach-document", "Attach a file that was uploaded before.",
          {required("sha256", &AttachDocument::sha256, DigestInput()),
           required("file_name", &AttachDocument::file_name, TextInput{limits::file_name_bytes_max}),
           optional("media_type", &AttachDocument::media_type, TextInput{limits::media_type_bytes_max}),
           optional("visibility", &AttachDocument::visibility, NameInput<Visibility>()),
           optional("message", &AttachDocument::message, ordinal),
           optional("held_by", &AttachDocument::held_by, ticket_number)}),
      ticket_body<RemoveDocument>("remove-document", "Show a file no more.",
                                  {required("document", &RemoveDocument::document, ordinal),
                                   optional("reason", &RemoveDocument::reason, reason),
                                   optional("origin", &RemoveDocument::part, ticket_number)}),
      ticket_body<LinkArticle>(
          "link-article", "Link an article that helps.",
          {required("title", &LinkArticle::title, title), required("url", &LinkArticle::url, address)}),
      ticket_body<UnlinkArticle>("unlink-article", "Take an article off the ticket.",
                                 {required("article", &UnlinkArticle::article, ordinal),
                                  optional("origin", &UnlinkArticle::part, ticket_number)}),
  };
}

std::vector<CommandBody> outside_bodies() {
  return {
      ticket_body<LinkTicketContext>("link-context", "Link something that the ticket is about.",
                                     flattened(&LinkTicketContext::context, context())),
      ticket_body<UnlinkTicketContext>("unlink-context", "Take something off that the ticket is about.",
                                       {required("link", &UnlinkTicketContext::link, ordinal),
                                        optional("origin", &UnlinkTicketContext::part, ticket_number)}),
      ticket_body<RequestIntervention>("request-intervention", "Ask another system to plan an intervention.",
                                       {optional("details", &RequestIntervention::details, reason),
                                        nullable("wanted_at", &RequestIntervention::wanted_at, InstantInput())}),
      ticket_body<AnswerIntervention>(
          "answer-intervention", "Say what became of an intervention.",
          {required("intervention", &AnswerIntervention::intervention, ordinal),
           required("reference", &AnswerIntervention::reference, TextInput{limits::external_id_bytes_max}),
           optional("url", &AnswerIntervention::url, address), optional("note", &AnswerIntervention::note, reason),
           optional("origin", &AnswerIntervention::part, ticket_number)}),
      ticket_body<SpendPoints>(
          "spend-points", "Take points off a contract; without a number, by the settings' rates.",
          {required("contract", &SpendPoints::contract, IdInput<ContractId>()),
           nullable("points", &SpendPoints::points, ordinal), optional("reason", &SpendPoints::reason, reason)}),
  };
}

}  // namespace

std::vector<CommandBody> ticket_exchange_bodies() {
  return {
      ticket_body<PostMessage>("post-message", "Add a message to the exchange.",
                               {required("body", &PostMessage::body, text),
                                optional("visibility", &PostMessage::visibility, NameInput<Visibility>()),
                                optional("to", &PostMessage::to, ListInput<AddresseeInput>{{}, limits::recipients_max}),
                                nullable("canned_reply", &PostMessage::canned_reply, IdInput<CannedReplyId>()),
                                optional("automatic", &PostMessage::automatic, BooleanInput())}),
      ticket_body<AddWatcher>("add-watcher", "Put a person in copy, or add an address to notify.",
                              {optional("kind", &AddWatcher::kind, NameInput<WatcherKind>()),
                               required("watcher", &AddWatcher::watcher, AddresseeInput())}),
      ticket_body<RemoveWatcher>("remove-watcher", "Take a person out of copy, or an address off.",
                                 {optional("kind", &RemoveWatcher::kind, NameInput<WatcherKind>()),
                                  required("watcher", &RemoveWatcher::watcher, AddresseeInput()),
                                  optional("origin", &RemoveWatcher::part, ticket_number)}),
      ticket_body<DismissLook>("dismiss-look", "Say that somebody looked at what called for a look."),
  };
}

std::vector<CommandBody> ticket_work_bodies() {
  std::vector<CommandBody> all;
  for (auto& bodies : {todo_bodies(), document_bodies(), outside_bodies()}) {
    all.insert(all.end(), bodies.begin(), bodies.end());
  }
  return all;
}

}  // namespace greffe
