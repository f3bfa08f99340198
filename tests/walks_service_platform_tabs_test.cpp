// The first help page, under the profile "service-platform": messages, description and tabs.
#include "tests/walks_service_platform.h"

using namespace greffe;
using namespace greffe::walks;

TEST_CASE("service-platform: the section of messages has all exchanges and updates of the ticket") {
  const Platform desk;
  const auto number = desk.open(desk.request(), desk.nora);
  desk.change(number, "post-message", {{"body", "We check the invoice."}}, acting_as(desk.nora));
  desk.change(number, "change-priority", {{"priority", "critical"}}, acting_as(desk.nora));
  desk.change(number, "post-message", {{"body", "Thank you."}}, acting_as(desk.client));
  Texts lines;
  const auto timeline = desk.get_now("/v1/tickets/" + number + "/timeline").body["items"];
  for (const auto& entry : timeline) {
    const auto& by = entry["by"]["name"];
    if (entry["type"] == "NotificationDecided") continue;
    lines.push_back(entry["type"].get<std::string>() + " " + by.get<std::string>());
  }
  CHECK(lines == Texts{"TicketOpened Nora", "MessagePosted Nora", "PriorityChanged Nora", "MessagePosted Alice Blanc"});
  CHECK(desk.entries(number, "MessagePosted")[1]["body"] == "Thank you.");
}

TEST_CASE("service-platform: the description holds a summary of the problem or the request") {
  const Platform desk;
  const auto number = desk.open(desk.request(), desk.nora);
  CHECK(desk.ticket(number)["description"] == "The total counts the delivery twice.");
  desk.change(number, "edit-description", {{"description", "Delivery and packaging counted twice."}},
              acting_as(desk.nora));
  CHECK(desk.ticket(number)["description"] == "Delivery and packaging counted twice.");
}

TEST_CASE("service-platform: the tabs below the description enrich and organise the follow-up") {
  const Platform desk;
  const auto number = desk.open(desk.request(), desk.nora);
  for (const char* action : {"link-context", "add-todo", "open-sub-ticket", "attach-document", "link-article"}) {
    INFO(action);
    CHECK(desk.offers(number, action, desk.nora));
  }
}

TEST_CASE("service-platform: the tab Contact has the points of contact of the person the ticket is assigned to") {
  const Platform desk;
  const auto number = desk.open(desk.request(), desk.oscar);
  CHECK(desk.ticket(number, desk.oscar)["points_of_contact"]["assignee"].is_null());
  desk.change(number, "assign", {{"assignee", Desk::id(desk.nora)}}, acting_as(desk.oscar));
  const auto points = desk.ticket(number, desk.oscar)["points_of_contact"];
  CHECK(points["assignee"]["name"] == "Nora");
  CHECK(points["assignee"]["email"] == "nora@example.com");
  CHECK(points["assignee"]["contact_points"][0]["value"] == "+33 1 00 00 00 01");
  CHECK(points["contact"]["phone"] == "+33 1 00 00 00 02");
}

TEST_CASE("service-platform: the tab Contact has a link to the client's card") {
  const Platform desk;
  const auto client = desk.ticket(desk.open(desk.request(), desk.nora))["client"];
  const auto card = desk.get_now("/v1/contacts/" + client["contact"]["id"].get<std::string>()).body;
  CHECK(card["display_name"] == "Alice Blanc");
  const auto company = desk.get_now("/v1/organisations/" + client["organisation"]["id"].get<std::string>()).body;
  CHECK(company["display_name"] == "Menuiserie Blanc");
}

TEST_CASE("service-platform: the tab Context has a summary of it and a direct link to it") {
  const Platform desk;
  const Json total = {{"name", "total"}, {"text", "120,00 €"}};
  const auto entry = desk.create(
      "contexts",
      {{"type", "invoice"}, {"label", "F-2025-17"}, {"url", "https://erp.example/invoices/17"}, {"summary", {total}}});
  const auto number = desk.open(desk.request(), desk.nora);
  CHECK(desk.ticket(number)["contexts"].empty());
  desk.change(number, "link-context", {{"context", entry}}, acting_as(desk.nora));
  desk.change(number, "link-context",
              {{"type", "project"}, {"label", "Stairs"}, {"url", "https://erp.example/projects/3"}},
              acting_as(desk.nora));
  const auto contexts = desk.ticket(number)["contexts"];
  REQUIRE(contexts.size() == 2);
  CHECK(contexts[0]["summary"][0] == total);
  CHECK(contexts[0]["url"] == "https://erp.example/invoices/17");
  CHECK(contexts[1]["url"] == "https://erp.example/projects/3");
}

TEST_CASE("service-platform: the tab To-do's shows the tasks to be done for the ticket") {
  const Platform desk;
  const auto number = desk.open(desk.request(), desk.nora);
  desk.change(number, "add-todo", {{"text", "Call the warehouse"}, {"assignee", Desk::id(desk.oscar)}});
  desk.change(number, "add-todo", {{"text", "Send a credit note"}});
  desk.change(number, "complete-todo", {{"todo", 1}}, acting_as(desk.oscar));
  const auto ticket = desk.ticket(number);
  REQUIRE(ticket["todos"].size() == 2);
  CHECK(ticket["todos"][0]["assignee"]["name"] == "Oscar");
  CHECK(ticket["todos"][0]["done"] == true);
  CHECK(ticket["todos"][1]["text"] == "Send a credit note");
  CHECK(ticket["todos"][1]["done"] == false);
  CHECK(ticket["open_todo_count"] == 1);
}

TEST_CASE("service-platform: the tab Sub-tickets shows the main ticket's sub-tickets and adds new ones") {
  const Platform desk;
  const auto number = desk.open(desk.request(), desk.nora);
  const std::string child =
      desk.change(number, "open-sub-ticket", {{"title", "Credit note"}}, acting_as(desk.nora)).body["number"];
  const auto children = desk.ticket(number)["children"];
  REQUIRE(children.size() == 1);
  CHECK(children[0]["number"] == child);
  CHECK(children[0]["status"]["label"] == "Nouveau");
  CHECK(desk.ticket(child)["parent"] == number);
}

TEST_CASE("service-platform: the tab of the contact's tickets shows the others of the same contact") {
  Platform desk;
  const auto earlier = desk.open(desk.request(), desk.nora);
  desk.change(earlier, "close", Json::object(), acting_as(desk.nora));
  desk.clock.advance(Milliseconds(60'000));
  const auto stranger = desk.contact({{"display_name", "Bob"}});
  desk.open({{"title", "Another's"}, {"contact", Desk::id(stranger)}}, desk.nora);
  const auto number = desk.open(desk.request(), desk.nora);
  const std::string contact = desk.ticket(number)["contact"]["id"];
  CHECK(desk.numbers_at("/v1/contacts/" + contact + "/tickets") == Texts{number, earlier});
}

TEST_CASE("service-platform: the tab Documents has the attachments and any other useful file") {
  const Platform desk;
  const auto number = desk.open(desk.request(), desk.nora);
  desk.change(number, "post-message", {{"body", "See the photo."}}, acting_as(desk.client));
  const auto target = "/v1/tickets/" + number + "/documents";
  auto by_client = acting_as(desk.client);
  by_client.emplace("Content-Disposition", "attachment; filename=\"photo.txt\"");
  REQUIRE(desk.send("POST", target + "?message=1", "a photo", by_client, "text/plain").status == 201);
  auto by_agent = acting_as(desk.nora);
  by_agent.emplace("Content-Disposition", "attachment; filename=\"tariff.txt\"");
  REQUIRE(desk.send("POST", target + "?visibility=internal", "a tariff", by_agent, "text/plain").status == 201);
  const auto documents = desk.ticket(number, desk.nora)["documents"];
  REQUIRE(documents.size() == 2);
  CHECK(documents[0]["file_name"] == "photo.txt");
  CHECK(documents[0]["message"] == 1);
  CHECK(desk.get(documents[0]["url"]).text == "a photo");
  CHECK(documents[1]["file_name"] == "tariff.txt");
  CHECK(desk.ticket(number, desk.client)["documents"].size() == 1);
}

TEST_CASE("service-platform: documents are added from that tab as well, several at once") {
  const Platform desk;
  const auto number = desk.open(desk.request(), desk.nora);
  const auto part = [](const char* name, const char* text) {
    return std::string("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"") + name +
           "\"\r\nContent-Type: text/plain\r\n\r\n" + text + "\r\n";
  };
  const auto form = part("quote.txt", "quote") + part("order.txt", "order") + "--b--\r\n";
  const auto added = desk.send("POST", "/v1/tickets/" + number + "/documents", form, acting_as(desk.nora),
                               "multipart/form-data; boundary=b");
  INFO(added.text);
  REQUIRE(added.status == 201);
  const auto documents = desk.ticket(number)["documents"];
  REQUIRE(documents.size() == 2);
  CHECK(documents[1]["by"]["name"] == "Nora");
  CHECK(desk.get(documents[1]["url"]).text == "order");
}

TEST_CASE("service-platform: related articles stand at the end") {
  const Platform desk;
  const auto number = desk.open(desk.request(), desk.nora);
  desk.change(number, "link-article", {{"title", "Reading an invoice"}, {"url", "https://help.example/invoice"}},
              acting_as(desk.nora));
  const auto articles = desk.ticket(number)["articles"];
  REQUIRE(articles.size() == 1);
  CHECK(articles[0]["title"] == "Reading an invoice");
  CHECK(articles[0]["url"] == "https://help.example/invoice");
}
