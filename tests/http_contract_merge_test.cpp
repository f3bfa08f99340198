// Merging long tickets over HTTP: what it writes, what readers see meanwhile, and what they see
// when it is undone.
#include <catch2/catch.hpp>

#include <future>
#include <map>

#include "events/codec.h"
#include "tests/http_fixture.h"

using namespace greffe;
using namespace greffe::test;

namespace {

constexpr std::size_t messages_a_ticket = 1'000;

// Past the network, since a thousand times there is nothing to be seen there.
void post_messages(const Server& server, const std::vector<std::string>& numbers) {
  std::vector<std::future<bool>> answers;
  for (std::size_t i = 0; i < messages_a_ticket; ++i) {
    for (const auto& number : numbers) {
      CommandRequest request;
      request.target = (*server.writer->find_ticket(number))->value;
      request.actor = {ActorKind::administrator, 0};
      const auto visibility = i % 3 == 0 ? Visibility::internal : Visibility::everyone;
      request.command = TicketCommand(PostMessage{visibility, "message " + std::to_string(i) + " of " + number});
      auto promise = std::make_shared<std::promise<bool>>();
      answers.push_back(promise->get_future());
      server.writer->submit(std::move(request),
                            [promise](const Decision<Accepted>& answer) { promise->set_value(answer.has_value()); });
    }
    for (auto& answer : answers) REQUIRE(answer.get());
    answers.clear();
  }
}

// All pages of a list as one answer without what tells the time of the question.
Json all_items(const Server& server, const std::string& target) {
  Json items = Json::array();
  Json cursor;
  do {
    const auto mark = target.find('?') == std::string::npos ? "?" : "&";
    const auto page =
        server.get_now(target + (cursor.is_null() ? "" : mark + std::string("cursor=") + cursor.get<std::string>()));
    INFO(page.text);
    REQUIRE(page.status == 200);
    for (const auto& item : page.body["items"]) items.push_back(item);
    cursor = page.body["next_cursor"];
  } while (!cursor.is_null());
  return items;
}

// Messages of a ticket's timeline by the number that they are shown to be from.
std::map<std::string, std::size_t> messages_by_origin(const Server& server, const std::string& number) {
  std::map<std::string, std::size_t> count;
  for (const auto& entry : all_items(server, "/v1/tickets/" + number + "/timeline?limit=200")) {
    if (entry["type"] == "MessagePosted") ++count[entry["origin"].is_null() ? "" : entry["origin"].get<std::string>()];
  }
  return count;
}

std::vector<std::string> types_after(const Server& server, Position position) {
  std::vector<std::string> types;
  const auto reader = server.log->read(next(position));
  while (reader->next()) types.emplace_back(event_name(decode(reader->bytes())->event));
  return types;
}

// What a merge and its undoing move in the two tickets themselves: that something happened to
// them, and when.
void forget_last_change(Json& row) {
  row.erase("version");
  row.erase("updated_at");
}

void forget_when_asked(Json& answer) {
  answer.erase("position");
  answer.erase("age_ms");
}

// Every view of a ticket to the byte, as far as it is about what happened up to a position.
std::map<std::string, std::string> views_of(const Server& server, const std::string& number, Position up_to,
                                            const Headers& reader) {
  std::map<std::string, std::string> views;
  const auto ticket = "/v1/tickets/" + number;
  for (const auto* part : {"", "/clocks", "/time"}) {
    auto answer = server.get_now(ticket + part, reader);
    if (answer.status == 200) {
      forget_when_asked(answer.body);
      forget_last_change(answer.body);
    }
    views[ticket + part] = std::to_string(answer.status) + answer.body.dump();
  }
  views[ticket + "/document"] = server.get_now(ticket + "/document", reader).text;
  for (const auto* history : {"/timeline", "/events", "/notices"}) {
    if (!reader.empty() && history != std::string("/timeline")) continue;
    std::string& text = views[ticket + history];
    for (const auto& entry : all_items(server, ticket + history + "?limit=200")) {
      if (std::stoull(entry["position"].get<std::string>()) <= up_to.value) text += entry.dump() + "\n";
    }
  }
  return views;
}

// Every list that the tickets are in, and what is counted and found of them.
std::map<std::string, std::string> lists_of(const Server& server, const std::string& contact) {
  std::map<std::string, std::string> lists;
  const std::string of_contact = "/v1/contacts/" + contact + "/tickets";
  for (const auto& target :
       {std::string("/v1/tickets?view=open&sort=title"), std::string("/v1/tickets?view=closed&sort=number"),
        std::string("/v1/tickets?view=unassigned"), std::string("/v1/tickets?view=merged&sort=number"), of_contact}) {
    for (auto row : all_items(server, target)) {
      forget_last_change(row);
      lists[target] += row.dump() + "\n";
    }
  }
  for (const auto* target : {"/v1/tickets/counts", "/v1/tickets/facets?facet=status,contact", "/v1/search?q=message",
                             "/v1/search?q=%22invoice%20of%20the%20source%22", "/v1/search?q=printer%20-source"}) {
    auto answer = server.get_now(target);
    forget_when_asked(answer.body);
    for (auto& row : answer.body["items"]) forget_last_change(row);
    lists[target] = std::to_string(answer.status) + answer.body.dump();
  }
  return lists;
}

void check_equal(const std::map<std::string, std::string>& after, const std::map<std::string, std::string>& before) {
  REQUIRE(after.size() == before.size());
  for (const auto& [target, bytes] : before) {
    INFO(target);
    CHECK(after.at(target) == bytes);
  }
}

// A ticket with something in every tab.
std::string open_rich_ticket(Server& server, const std::string& name, const std::string& contact,
                             const std::string& agent) {
  const auto number = server.open_ticket({{"title", "Printer of the " + name}, {"contact", contact}});
  const auto next_minute = [&] { server.clock.advance(Milliseconds(60'000)); };
  next_minute();
  server.change(number, "assign", {{"assignee", agent}});
  next_minute();
  server.change(number, "post-message", {{"body", "message of the " + name}});
  server.change(number, "post-message", {{"body", "invoice of the " + name}, {"visibility", "internal"}});
  next_minute();
  server.change(number, "add-todo", {{"text", "call the " + name}});
  server.change(number, "link-context", {{"type", "invoice"}, {"label", "invoice of the " + name}});
  server.change(number, "add-watcher", {{"kind", "email"}, {"watcher", {{"email", "copy@example.org"}}}});
  server.send("POST", "/v1/tickets/" + number + "/documents", "bytes of the " + name,
              {{"Content-Disposition", "attachment; filename=\"a.txt\""}}, "text/plain");
  next_minute();
  server.change(number, "change-priority", {{"priority", "high"}});
  server.change(number, "open-sub-ticket", {{"title", "Part of the " + name}});
  server.change(number, "link-ticket", {{"type", "relates_to"}, {"other", server.open_ticket()}});
  return number;
}

}  // namespace

TEST_CASE("a merge of two tickets with a thousand messages each writes its own events and copies no message") {
  const Server server;
  const auto source = server.open_ticket({{"title", "Smoke"}}), target = server.open_ticket({{"title", "Fire"}});
  post_messages(server, {source, target});
  const auto before = server.log->tail();
  const auto merged = server.change(source, "merge", {{"into", target}});
  CHECK(server.log->tail().value - before.value == merged.body["events"].size());
  CHECK(types_after(server, before) == std::vector<std::string>{"TicketMergedInto", "TicketAbsorbed"});
  const std::map<std::string, std::size_t> both = {{"", messages_a_ticket}, {source, messages_a_ticket}};
  CHECK(messages_by_origin(server, target) == both);
  CHECK(messages_by_origin(server, source) == std::map<std::string, std::size_t>{{"", messages_a_ticket}});

  const auto between = server.log->tail();
  server.change(source, "unmerge");
  CHECK(types_after(server, between) == std::vector<std::string>{"TicketUnmerged", "TicketReleased"});
  CHECK(messages_by_origin(server, target) == std::map<std::string, std::size_t>{{"", messages_a_ticket}});
  CHECK(messages_by_origin(server, source) == std::map<std::string, std::size_t>{{"", messages_a_ticket}});
}

TEST_CASE("after an unmerge every view of both tickets is to the byte what it was, but for their last change") {
  Server server;
  const auto contact = server.create("contacts", {{"display_name", "Jeanne"}, {"email", "j@example.org"}});
  const auto agent = server.create_agent("Anna");
  const auto source = open_rich_ticket(server, "source", contact, agent);
  const auto target = open_rich_ticket(server, "target", contact, agent);
  server.change(source, "link-ticket", {{"type", "depends_on"}, {"other", target}});
  server.clock.advance(Milliseconds(60'000));
  const auto up_to = server.log->tail();
  const auto all_views = [&] {
    auto views = lists_of(server, contact);
    for (const auto& number : {source, target}) {
      views.merge(views_of(server, number, up_to, {}));
      for (auto& [of, bytes] : views_of(server, number, up_to, acting_as("contact/" + contact))) {
        views["as a client " + of] = bytes;
      }
    }
    return views;
  };
  const auto before = all_views();
  server.change(source, "merge", {{"into", target}});
  const auto between = all_views();
  CHECK(between != before);
  server.change(source, "unmerge");
  check_equal(all_views(), before);
}
