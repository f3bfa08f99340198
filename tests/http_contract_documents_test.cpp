#include <catch2/catch.hpp>

#include <set>

#include "tests/http_fixture.h"

using namespace greffe;
using namespace greffe::test;

namespace {

constexpr auto png = "\x89PNG\r\n\x1a\n some pixels";

Reply upload(const Server& server, const std::string& target, const std::string& bytes, const char* type = "image/png",
             Headers headers = {{"Content-Disposition", "attachment; filename=\"photo.png\""}}) {
  return server.send("POST", target, bytes, std::move(headers), type);
}

std::string part(const std::string& disposition, const std::string& type, const std::string& content) {
  return "--b\r\nContent-Disposition: form-data; " + disposition + "\r\n" +
         (type.empty() ? "" : "Content-Type: " + type + "\r\n") + "\r\n" + content + "\r\n";
}

}  // namespace

TEST_CASE("a file is attached by its upload and fetched again, to be saved and never shown") {
  const Server server;
  const auto number = server.open_ticket();
  const auto attached = upload(server, "/v1/tickets/" + number + "/documents", png);
  INFO(attached.text);
  REQUIRE(attached.status == 201);
  REQUIRE(attached.body["documents"].size() == 1);
  const auto& document = attached.body["documents"][0];
  CHECK(document["file_name"] == "photo.png");
  CHECK(document["media_type"] == "image/png");
  CHECK(document["size_bytes"] == std::string(png).size());
  const auto shown = server.get_now("/v1/tickets/" + number).body["documents"];
  REQUIRE(shown.size() == 1);
  CHECK(shown[0]["url"] == document["url"]);
  CHECK(shown[0]["sha256"] == document["sha256"]);
  const auto fetched = server.get(document["url"]);
  CHECK(fetched.status == 200);
  CHECK(fetched.text == png);
  CHECK(fetched.header("Content-Type") == "image/png");
  CHECK(fetched.header("Content-Disposition").starts_with("attachment; filename=\"photo.png\""));
  CHECK(fetched.header("X-Content-Type-Options") == "nosniff");
  CHECK(fetched.header("Cache-Control") == "private, no-cache");
  const Headers held = {{"If-None-Match", fetched.header("ETag")}};
  const auto unchanged = server.get(document["url"], held);
  CHECK(unchanged.status == 304);
  CHECK(unchanged.text.empty());
  CHECK(unchanged.header("ETag") == fetched.header("ETag"));
  CHECK(server.get("/v1/tickets/" + number + "/documents/2").code() == "document_not_found");
  CHECK(server.get("/v1/tickets/" + number + "/documents/x").code() == "document_not_found");
  server.change(number, "remove-document", {{"document", 1}});
  CHECK(server.get_now(document["url"]).code() == "document_not_found");
  CHECK(server.get(document["url"], held).status == 404);
}

TEST_CASE("a form attaches several files, one event each") {
  const Server server;
  const auto number = server.open_ticket();
  server.change(number, "post-message", {{"body", "see these"}});
  const auto body = part("name=\"visibility\"", "", "internal") + part("name=\"message\"", "", "1") +
                    part("name=\"file\"; filename=\"a.txt\"", "text/plain", "one") +
                    part("name=\"file\"; filename=\"b.txt\"", "text/plain", "two") + "--b--\r\n";
  const auto attached =
      upload(server, "/v1/tickets/" + number + "/documents", body, "multipart/form-data; boundary=b", {});
  INFO(attached.text);
  REQUIRE(attached.status == 201);
  REQUIRE(attached.body["documents"].size() == 2);
  const auto shown = server.get_now("/v1/tickets/" + number).body["documents"];
  REQUIRE(shown.size() == 2);
  CHECK(shown[1]["file_name"] == "b.txt");
  CHECK(shown[1]["visibility"] == "internal");
  CHECK(shown[1]["message"] == 1);
}

TEST_CASE("an upload sent again with its key attaches nothing twice") {
  const Server server;
  const auto number = server.open_ticket();
  const Headers key = {{"Idempotency-Key", "k"}, {"Content-Disposition", "attachment; filename=\"photo.png\""}};
  const auto first = upload(server, "/v1/tickets/" + number + "/documents", png, "image/png", key);
  const auto again = upload(server, "/v1/tickets/" + number + "/documents", png, "image/png", key);
  CHECK(again.status == 201);
  CHECK(again.body["documents"] == first.body["documents"]);
  const auto other = upload(server, "/v1/tickets/" + number + "/documents", "others", "image/png", key);
  CHECK(other.code() == "command_id_reused");
  CHECK(server.get_now("/v1/tickets/" + number).body["documents"].size() == 1);
}

TEST_CASE("the key of an upload of several files stands for all of them and for the form's fields") {
  const Server server;
  const auto number = server.open_ticket();
  const auto file = [](const std::string& name, const std::string& content) {
    return part("name=\"file\"; filename=\"" + name + "\"", "text/plain", content);
  };
  const auto send = [&](const std::string& parts) {
    return upload(server, "/v1/tickets/" + number + "/documents", parts + "--b--\r\n",
                  "multipart/form-data; boundary=b", {{"Idempotency-Key", "kd"}});
  };
  const auto two = file("a.txt", "one") + file("b.txt", "two");
  const auto first = send(two);
  REQUIRE(first.status == 201);
  const auto tail = server.log->tail();
  CHECK(send(two + file("c.txt", "three")).code() == "command_id_reused");
  CHECK(send(file("a.txt", "one")).code() == "command_id_reused");
  CHECK(send(file("a.txt", "one") + file("b.txt", "other")).code() == "command_id_reused");
  CHECK(send(part("name=\"visibility\"", "", "internal") + two).code() == "command_id_reused");
  CHECK(send(two).body["documents"] == first.body["documents"]);
  CHECK(server.log->tail() == tail);
}

TEST_CASE("files that the settings refuse are refused before anything is kept") {
  const Server server;
  server.set("attachments", {{"size_bytes_max", 100}, {"media_types_refused", {"application/x-msdownload"}}});
  const auto number = server.open_ticket();
  const auto tail = server.log->tail();
  const auto target = "/v1/tickets/" + number + "/documents";
  // Known from the head alone, and of a part of a form only as it comes.
  CHECK(upload(server, target, std::string(101, 'x')).code() == "body_too_large");
  const auto form = part("name=\"file\"; filename=\"a.png\"", "image/png", std::string(101, 'x')) + "--b--\r\n";
  CHECK(upload(server, target, form, "multipart/form-data; boundary=b", {}).code() == "file_too_large");
  CHECK(upload(server, target, "MZ", "application/x-msdownload").code() == "media_type_refused");
  CHECK(upload(server, target, "<!doctype html><html>").code() == "media_type_mismatch");
  CHECK(upload(server, target, "--b--\r\n", "multipart/form-data; boundary=b", {}).code() == "malformed_upload");
  CHECK(upload(server, "/v1/tickets/nothing/documents", "x").code() == "ticket_not_found");
  CHECK(upload(server, target + "?visibility=secret", "x").faults() == "visibility not_one_of");
  server.change(number, "close");
  CHECK(upload(server, target, "x").code() == "ticket_closed");
  CHECK(server.get_now("/v1/tickets/" + number).body["documents"].empty());
  CHECK(server.log->tail() > tail);
}

TEST_CASE("a blob is stored first and named by its digest later") {
  const Server server;
  const auto stored = upload(server, "/v1/blobs", png);
  INFO(stored.text);
  REQUIRE(stored.status == 201);
  const Json sha = stored.body["blobs"][0]["sha256"];
  const auto number = server.open_ticket();
  const Json body = {{"sha256", sha}, {"file_name", "p.png"}, {"media_type", "image/png"}};
  server.change(number, "attach-document", body);
  const auto shown = server.get_now("/v1/tickets/" + number).body["documents"][0];
  CHECK(shown["size_bytes"] == std::string(png).size());
  CHECK(server.get(shown["url"]).text == png);
  auto unknown = body;
  unknown["sha256"] = std::string(64, '0');
  CHECK(server.post("/v1/tickets/" + number + "/attach-document", unknown).faults() == "sha256 not_found");
  unknown["sha256"] = "short";
  CHECK(server.post("/v1/tickets/" + number + "/attach-document", unknown).faults() == "sha256 malformed");
}

TEST_CASE("internal documents are not for clients") {
  const Server server;
  const auto jeanne = server.create("contacts", {{"display_name", "Jeanne"}});
  const auto number = server.open_ticket({{"title", "t"}, {"contact", jeanne}});
  const auto target = "/v1/tickets/" + number + "/documents";
  upload(server, target + "?visibility=internal", "secret", "text/plain");
  upload(server, target, "open", "text/plain");
  server.get_now("/v1/tickets/" + number);
  const auto as = acting_as("contact/" + jeanne);
  CHECK(server.get(target + "/1").status == 200);
  CHECK(server.get(target + "/1", as).code() == "document_not_found");
  CHECK(server.get(target + "/2", as).text == "open");
  CHECK(server.get("/v1/tickets/" + number, as).body["documents"].size() == 1);
  auto own = as;
  own.emplace("Content-Disposition", "attachment; filename=\"mine.txt\"");
  CHECK(upload(server, target, "mine", "text/plain", own).status == 201);
  CHECK(upload(server, target + "?visibility=internal", "mine", "text/plain", own).code() == "forbidden");
}

TEST_CASE("a file to an internal message is the desk's, however it comes, and cannot be made public") {
  const Server server;
  const auto jeanne = server.create("contacts", {{"display_name", "Jeanne"}});
  const auto number = server.open_ticket({{"title", "t"}, {"contact", jeanne}});
  server.change(number, "post-message", {{"body", "careful"}, {"visibility", "internal"}});
  const auto target = "/v1/tickets/" + number + "/documents";
  const auto* form = "multipart/form-data; boundary=b";
  const auto file = part("name=\"file\"; filename=\"a.txt\"", "text/plain", "secret") + "--b--\r\n";
  const auto message = part("name=\"message\"", "", "1"), everyone = part("name=\"visibility\"", "", "everyone");
  const auto raw = upload(server, target + "?message=1", "secret", "text/plain");
  REQUIRE(raw.status == 201);
  REQUIRE(upload(server, target, message + file, form, {}).status == 201);
  Json body = {{"sha256", raw.body["documents"][0]["sha256"]}, {"file_name", "a.txt"}, {"message", 1}};
  server.change(number, "attach-document", body);
  const auto shown = server.get_now("/v1/tickets/" + number).body["documents"];
  REQUIRE(shown.size() == 3);
  for (const auto& document : shown) CHECK(document["visibility"] == "internal");
  const auto as = acting_as("contact/" + jeanne);
  CHECK(server.get("/v1/tickets/" + number, as).body["documents"].empty());
  CHECK(server.get(target + "/1", as).code() == "document_not_found");
  body["visibility"] = "everyone";
  const std::vector<Reply> refused = {upload(server, target + "?message=1&visibility=everyone", "secret", "text/plain"),
                                      upload(server, target, message + everyone + file, form, {}),
                                      server.post("/v1/tickets/" + number + "/attach-document", body)};
  for (const auto& reply : refused) CHECK(reply.faults() == "visibility not_one_of");
}

TEST_CASE("a digest gives a client no file, and no answer tells which contents are stored") {
  const Server server;
  const auto jeanne = server.create("contacts", {{"display_name", "Jeanne"}});
  const auto marc = server.create("contacts", {{"display_name", "Marc"}});
  const auto hers = server.open_ticket({{"title", "t"}, {"contact", jeanne}});
  const auto his = server.open_ticket({{"title", "t"}, {"contact", marc}});
  const auto attach = [&](const std::string& number, const Json& sha, const Headers& who) {
    return server.post("/v1/tickets/" + number + "/attach-document", {{"sha256", sha}, {"file_name", "a"}}, who);
  };
  const auto documents = "/v1/tickets/" + hers + "/documents";
  const auto sha_of = [](const Reply& attached) { return attached.body["documents"][0]["sha256"]; };
  const auto internal = sha_of(upload(server, documents + "?visibility=internal", "secret", "text/plain"));
  const auto removed = sha_of(upload(server, documents, "removed", "text/plain"));
  server.change(hers, "remove-document", {{"document", 2}});
  const auto own = sha_of(upload(server, "/v1/tickets/" + his + "/documents", "own", "text/plain"));
  server.get_now("/v1/tickets/" + his);
  const auto as_marc = acting_as("contact/" + marc);
  const auto unknown = attach(his, std::string(64, '0'), as_marc);
  CHECK(unknown.status == 403);
  CHECK(unknown.code() == "forbidden");
  for (const Json& sha : {internal, removed, own}) {
    CHECK(attach(his, sha, as_marc).text == unknown.text);
    CHECK(attach(hers, sha, as_marc).code() == "ticket_not_found");
  }
  CHECK(server.get_now("/v1/tickets/" + his).body["documents"].size() == 1);
  CHECK(attach(his, internal, {}).status == 200);
}

TEST_CASE("whoever may upload files to a ticket is told so, and whoever may attach stored ones") {
  const Server server;
  const auto jeanne = server.create("contacts", {{"display_name", "Jeanne"}});
  const auto number = server.open_ticket({{"title", "t"}, {"contact", jeanne}});
  const auto as = acting_as("contact/" + jeanne);
  const auto actions = [&](const Headers& who) {
    return server.get_now("/v1/tickets/" + number, who).body["allowed_actions"].get<std::set<std::string>>();
  };
  CHECK(actions({}).contains("documents"));
  CHECK(actions({}).contains("attach-document"));
  CHECK(actions(as).contains("documents"));
  CHECK_FALSE(actions(as).contains("attach-document"));
  server.change(number, "close");
  CHECK_FALSE(actions({}).contains("documents"));
  CHECK_FALSE(actions(as).contains("documents"));
  CHECK(upload(server, "/v1/tickets/" + number + "/documents", "x", "text/plain", as).code() == "ticket_closed");
}

TEST_CASE("an empty file has its type, and a page that was stored as one does not become a picture") {
  const Server server;
  const auto number = server.open_ticket();
  const auto empty = upload(server, "/v1/tickets/" + number + "/documents", "", "text/plain").body["documents"][0];
  CHECK(server.get(empty["url"]).header("Content-Type") == "text/plain");
  const auto page = upload(server, "/v1/blobs", "<!doctype html><html>", "text/html").body["blobs"][0];
  const auto attach = [&](const char* type) {
    return server.command(number, "attach-document",
                          {{"sha256", page["sha256"]}, {"file_name", "a.png"}, {"media_type", type}});
  };
  CHECK(attach("image/png").code() == "media_type_mismatch");
  CHECK(attach("text/html").status == 200);
}

TEST_CASE("a blob is attached by the rules of an upload: its type, its name and its size") {
  const Server server;
  const auto number = server.open_ticket();
  const Json sha = upload(server, "/v1/blobs", "<p>twelve bytes").body["blobs"][0]["sha256"];
  const auto attach = [&](const std::string& type, const std::string& name) {
    return server.post("/v1/tickets/" + number + "/attach-document",
                       {{"sha256", sha}, {"file_name", name}, {"media_type", type}});
  };
  server.set("attachments", {{"size_bytes_max", 100}, {"media_types_refused", {"text/html"}}});
  for (const auto* type : {"TEXT/HTML", "text/html; charset=utf-8", " text/html"}) {
    CHECK(attach(type, "a").faults() == "media_type media_type_refused");
  }
  CHECK(attach("foo", "..").faults() == "file_name malformed, media_type malformed");
  REQUIRE(attach("Image/PNG", "../../etc/passwd").status == 200);
  const auto shown = server.get_now("/v1/tickets/" + number).body["documents"][0];
  CHECK(shown["media_type"] == "image/png");
  CHECK(shown["file_name"] == "passwd");
  server.set("attachments", {{"size_bytes_max", 10}});
  CHECK(attach("image/png", "a").faults() == "sha256 too_large");
}

TEST_CASE("a ticket is a page of HTML that a client may have, by a template or the built-in one") {
  const Server server;
  const auto jeanne = server.create("contacts", {{"display_name", "<b>Jeanne</b>"}});
  const auto number = server.open_ticket({{"title", "Fire & smoke"}, {"contact", jeanne}});
  server.change(number, "post-message", {{"body", "<script>alert(1)</script>"}});
  server.change(number, "post-message", {{"body", "secret"}, {"visibility", "internal"}});
  const auto page = server.get_now("/v1/tickets/" + number + "/document");
  INFO(page.text);
  REQUIRE(page.status == 200);
  CHECK(page.header("Content-Type") == "text/html; charset=utf-8");
  CHECK(page.header("Content-Security-Policy").starts_with("default-src 'none'"));
  CHECK(page.text.find("Fire &amp; smoke") != std::string::npos);
  CHECK(page.text.find("&lt;script&gt;") != std::string::npos);
  CHECK(page.text.find("<script>") == std::string::npos);
  CHECK(page.text.find("secret") == std::string::npos);
  const auto model = server.create("templates", {{"title", "Short"},
                                                 {"purpose", "document"},
                                                 {"language", "fr"},
                                                 {"header", "<h1>{{ticket.number}}</h1>"},
                                                 {"body", "{{#messages}}[{{author}}]{{/messages}}"},
                                                 {"footer", "<hr>"}});
  const auto short_page = server.get_now("/v1/tickets/" + number + "/document?model=" + model);
  CHECK(short_page.text == "<h1>" + number + "</h1>[administrator]<hr>");
  CHECK(server.get("/v1/tickets/" + number + "/document?model=1").code() == "template_not_found");
}

TEST_CASE("files are stored for people who are there and may do something with them") {
  const Server server;
  const auto jeanne = server.create("contacts", {{"display_name", "Jeanne"}});
  const auto auditor = server.create("agents", {{"display_name", "Otto"}, {"role", "auditor"}});
  const auto anna = server.create_agent("Anna");
  const auto store = [&](const std::string& person) {
    return upload(server, "/v1/blobs", png, "image/png", acting_as(person));
  };
  CHECK(store("agent/" + anna).status == 201);
  CHECK(store("agent/999999").faults() == "act_as not_found");
  CHECK(store("agent/" + auditor).code() == "forbidden");
  REQUIRE(server.post("/v1/agents/" + anna + "/deactivate").status == 200);
  CHECK(store("agent/" + anna).faults() == "act_as inactive");
  // Clients could not attach it: they upload to their ticket.
  CHECK(store("contact/" + jeanne).code() == "forbidden");
}
