#include "http/ticket_detail_json.h"

namespace greffe {
namespace {

// One list of the detail: every item of every origin, each with the number of the ticket it is from.
template <class Item, class Write>
void write_united(JsonWriter& json, const char* name, const TicketView& view, std::vector<Item> TicketParts::*items,
                  Write write) {
  json.key(name).begin_array();
  for (const auto& origin : view.origins) {
    for (const auto& item : origin.parts.*items) {
      json.begin_object().key("origin");
      if (origin.own) json.null();
      else json.text(origin.number);
      write(item, origin);
      json.end_object();
    }
  }
  json.end_array();
}

void write_watchers(JsonWriter& json, const TicketView& view, const Screen& screen) {
  write_united(json, "watchers", view, &TicketParts::watchers, [&](const WatcherRow& row, const OriginParts&) {
    json.key("kind").value(row.kind).key("watcher");
    write_addressee(json, row.who, screen);
    json.key("added_at").value(row.added_at);
  });
}

// The entry as it is now, beside what it was when it was linked; there is no now in the past.
void write_live_context(JsonWriter& json, const std::optional<ContextId>& id, const Screen& screen) {
  const auto row = id && screen.past == nullptr ? screen.snapshot.context(*id) : std::nullopt;
  if (!row) {
    json.null();
    return;
  }
  json.begin_object().key("label").value(row->details.label).key("url").text(row->details.url);
  json.key("summary").value(row->details.summary).key("active").boolean(row->active).end_object();
}

// What the catalogue says of an entry is the desk's, as the catalogue is; clients see what is linked.
void write_contexts(JsonWriter& json, const TicketView& view, const Screen& screen) {
  write_united(json, "contexts", view, &TicketParts::contexts, [&](const ContextAt& row, const OriginParts&) {
    const bool hidden = row.context && screen.reader.is_client();
    json.key("link").value(row.link).key("type").text(row.type).key("context").value(row.context);
    json.key("label").value(row.label).key("url").text(row.url);
    json.key("summary").value(hidden ? std::vector<Detail>() : row.summary).key("live");
    if (hidden) json.null();
    else write_live_context(json, row.context, screen);
  });
}

void write_todos(JsonWriter& json, const TicketView& view, const Screen& screen) {
  write_united(json, "todos", view, &TicketParts::todos, [&](const TodoRow& row, const OriginParts&) {
    json.key("todo").value(row.todo.todo).key("text").value(row.todo.text).key("assignee");
    write_entry(json, row.todo.assignee, screen);
    json.key("due_at").value(row.todo.due_at).key("done").boolean(row.done).key("done_at").value(row.done_at);
    json.key("done_by");
    if (row.done) write_actor(json, row.done_by, screen);
    else json.null();
  });
}

void write_documents(JsonWriter& json, const TicketView& view, const Screen& screen) {
  write_united(json, "documents", view, &TicketParts::documents, [&](const DocumentRow& row, const OriginParts& from) {
    const auto& document = row.document;
    json.key("document").value(document.document).key("file_name").value(document.file_name);
    json.key("media_type").text(document.media_type);
    json.key("size_bytes").number(static_cast<std::int64_t>(document.size_bytes));
    json.key("sha256").text(document.sha256).key("visibility").value(document.visibility);
    json.key("message");
    if (document.message == 0) json.null();
    else json.value(document.message);
    json.key("held_by");
    if (document.held_by) write_holder(json, *document.held_by, view.row.id, screen);
    else if (document.message == 0 || from.own) json.null();
    else json.text(from.number);
    json.key("attached_at").value(row.attached_at).key("by");
    write_actor(json, row.by, from.ticket, screen);
    json.key("url").text("/v1/tickets/" + from.number + "/documents/" + std::to_string(document.document));
  });
}

void write_articles(JsonWriter& json, const TicketView& view) {
  write_united(json, "articles", view, &TicketParts::articles, [&](const ArticleRow& row, const OriginParts&) {
    json.key("article").value(row.article).key("title").text(row.title).key("url").text(row.url);
  });
}

void write_interventions(JsonWriter& json, const TicketView& view) {
  write_united(json, "interventions", view, &TicketParts::interventions,
               [&](const InterventionRow& row, const OriginParts&) {
                 json.key("intervention").value(row.intervention).key("title").value(row.title);
                 json.key("details").value(row.details).key("wanted_at").value(row.wanted_at);
                 json.key("requested_at").value(row.requested_at).key("answered_at").value(row.answered_at);
                 json.key("reference").text(row.reference).key("url").text(row.url).key("note").value(row.note);
               });
}

void write_points_spent(JsonWriter& json, const TicketView& view, const Screen& screen) {
  write_united(json, "points", view, &TicketParts::points, [&](const PointsRow& row, const OriginParts&) {
    json.key("contract");
    write_entry(json, stream_of(row.contract), screen);
    json.key("points").value(row.points).key("reason").value(row.reason).key("spent_at").value(row.at);
  });
}

}  // namespace

void write_addressee(JsonWriter& json, const Addressee& addressee, const Screen& screen) {
  json.begin_object().key("agent");
  write_entry(json, addressee.agent, screen);
  json.key("contact");
  write_entry(json, addressee.contact, screen);
  json.key("email");
  if (addressee.email.text.empty()) json.null();
  else json.value(addressee.email);
  json.end_object();
}

void write_work_members(JsonWriter& json, const TicketView& view, const Screen& screen) {
  write_watchers(json, view, screen);
  write_contexts(json, view, screen);
  write_todos(json, view, screen);
  write_documents(json, view, screen);
  write_articles(json, view);
  write_interventions(json, view);
  write_points_spent(json, view, screen);
  write_united(json, "answers", view, &TicketParts::answers, [&](const Answer& row, const OriginParts&) {
    json.key("question").text(row.question).key("label").text(row.label).key("answer").value(row.answer);
  });
}

}  // namespace greffe
