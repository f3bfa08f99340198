// What may be attached to a ticket, under which name and type, and who may see it.
#include "tests/spec.h"

using namespace greffe;
using namespace greffe::spec;

namespace {

const std::string digest(64, 'a');

AttachDocument photo() { return {digest, 1000, "image/png", "photo.png", Visibility::everyone, 0}; }

}  // namespace

TEST_CASE("documents keep to the size and the types of the settings") {
  World world;
  world.settings.attachments = {1000, {"image/*", "application/pdf"}, {"image/svg+xml"}};
  auto ticket = given(opened()).in(world);
  ticket.when(photo()).then(DocumentAttached{{1, digest, 1000, "image/png", {"photo.png"}, Visibility::everyone, 0}});
  auto c = photo();
  c.size_bytes = 1001;
  ticket.when(c).refused("sha256", FieldCode::too_large);
  c = photo();
  c.media_type = "text/html";
  ticket.when(c).refused("media_type", FieldCode::media_type_refused);
  c.media_type = "image/svg+xml";
  ticket.when(c).refused("media_type", FieldCode::media_type_refused);
  c = photo();
  c.sha256 = "xyz";
  c.message = 1;
  ticket.when(c).refused({{"sha256", FieldCode::malformed}, {"message", FieldCode::not_found}});
}

TEST_CASE("a media type is refused however it is written, and kept in lower case without its parameters") {
  World world;
  world.settings.attachments = {1000, {"image/*", "text/*"}, {"text/html"}};
  const auto ticket = given(opened()).in(world);
  auto c = photo();
  for (const auto* refused : {"TEXT/HTML", "text/html; charset=utf-8", " text/html", "audio/ogg"}) {
    INFO(refused);
    c.media_type = refused;
    ticket.when(c).refused("media_type", FieldCode::media_type_refused);
  }
  for (const auto* malformed : {"foo", "image/", "/png", "image/*", "image/png/x", "image/png; a", "image/p ng"}) {
    INFO(malformed);
    c.media_type = malformed;
    ticket.when(c).refused("media_type", FieldCode::malformed);
  }
  const auto attached = [](const char* type) {
    return DocumentAttached{{1, digest, 1000, type, {"photo.png"}, Visibility::everyone, 0}};
  };
  c.media_type = "Image/PNG";
  ticket.when(c).then(attached("image/png"));
  c.media_type = " text/plain ;Charset=\"UTF-8\"";
  ticket.when(c).then(attached("text/plain"));
}

TEST_CASE("a document is named by the last part of a path, without what turns the direction of writing") {
  const auto ticket = given(opened());
  const auto named = [](const char* name) {
    auto c = photo();
    c.file_name = name;
    return c;
  };
  const auto attached = [](const char* name) {
    return DocumentAttached{{1, digest, 1000, "image/png", {name}, Visibility::everyone, 0}};
  };
  ticket.when(named("../../etc/passwd")).then(attached("passwd"));
  ticket.when(named("a/b/c.txt")).then(attached("c.txt"));
  ticket.when(named("C:\\temp\\c.txt")).then(attached("c.txt"));
  ticket.when(named("photo\xE2\x80\xAEgnp.exe")).then(attached("photognp.exe"));
  for (const auto* name : {"..", ".", "a/..", "a/", "/", "\xE2\x80\xAE"}) {
    INFO(name);
    ticket.when(named(name)).refused("file_name", FieldCode::malformed);
  }
}

TEST_CASE("a file to an internal message is internal, and is refused to everybody else") {
  const MessagePosted note{Visibility::internal, {"careful"}, 1}, answer{Visibility::everyone, {"hello"}, 2};
  const auto ticket = given(opened(), note, answer);
  const auto to = [](std::uint32_t message, std::optional<Visibility> visibility) {
    auto c = photo();
    c.message = message;
    c.visibility = visibility;
    return c;
  };
  const auto attached = [](std::uint32_t message, Visibility visibility) {
    return DocumentAttached{{1, digest, 1000, "image/png", {"photo.png"}, visibility, message}};
  };
  ticket.when(to(1, {})).then(attached(1, Visibility::internal));
  ticket.when(to(1, Visibility::internal)).then(attached(1, Visibility::internal));
  ticket.when(to(1, Visibility::everyone)).refused("visibility", FieldCode::not_one_of);
  ticket.when(to(2, {})).then(attached(2, Visibility::everyone));
  ticket.when(to(2, Visibility::internal)).then(attached(2, Visibility::internal));
  ticket.when(to(0, {})).then(attached(0, Visibility::everyone));
}

TEST_CASE("a document that was removed is not removed twice, and one that never was is not found") {
  const DocumentAttached attached{{1, digest, 1, "image/png", {"a"}, Visibility::everyone, 0}};
  given(opened(), attached).when(RemoveDocument{1, "wrong file"}).then(DocumentRemoved{1, {"wrong file"}});
  given(opened(), attached, DocumentRemoved{1, {}}).when(RemoveDocument{1, {}}).nothing();
  given(opened()).when(RemoveDocument{1, {}}).refused("document", FieldCode::not_found);
}
