// The rules of the areas that say how tickets are handled, closed, told of and paid for.
#include "tests/commands_settings_office.h"

using namespace greffe;
using namespace greffe::spec;

TEST_CASE("some tickets count as one's own") {
  auto handling = standard.handling;
  handling.mine_assignee = handling.mine_copy = false;
  replace(handling).then(handling);
  handling.mine_creator = false;
  replace(handling).refused(RejectionCode::last_entry);
}

TEST_CASE("reopening is possible for 1 to 3650 days, final after 0 to 3650") {
  using D = ReopeningDefined;
  check_rows<D>(standard.reopening,
                {{"least", [](D& d) { d.within_days = 1, d.finalize_after_days = 0; }, {}},
                 {"most", [](D& d) { d.within_days = 3650, d.finalize_after_days = 3650; }, {}},
                 {"below", [](D& d) { d.within_days = 0; }, {{"within_days", FieldCode::out_of_range}}},
                 {"above",
                  [](D& d) { d.within_days = 3651, d.finalize_after_days = 3651; },
                  {{"within_days", FieldCode::out_of_range}, {"finalize_after_days", FieldCode::out_of_range}}}});
}

TEST_CASE("sub-tickets go 1 to 10 levels deep, 1 to 1000 under one") {
  using D = RelationsDefined;
  check_rows<D>(standard.relations,
                {{"least", [](D& d) { d.depth_max = d.children_max = 1; }, {}},
                 {"most", [](D& d) { d.depth_max = 10, d.children_max = 1000; }, {}},
                 {"below",
                  [](D& d) { d.depth_max = d.children_max = 0; },
                  {{"depth_max", FieldCode::out_of_range}, {"children_max", FieldCode::out_of_range}}},
                 {"above",
                  [](D& d) { d.depth_max = 11, d.children_max = 1001; },
                  {{"depth_max", FieldCode::out_of_range}, {"children_max", FieldCode::out_of_range}}}});
}

TEST_CASE("there is at most one rule for an event and an audience") {
  using D = NotificationsDefined;
  const D sound{{{NotifyEvent::opened, Audience::client, NotifyMode::always, {}},
                 {NotifyEvent::opened, Audience::watchers, NotifyMode::never, {}},
                 {NotifyEvent::closed, Audience::client, NotifyMode::always, {}}},
                "support@x.fr",
                "desk@x.fr",
                {"boss@x.fr"},
                "<b>Hello</b>\n",
                "<i>Bye</i>"};
  check_rows<D>(
      sound, {{"nobody", [](D& d) { d = {}; }, {}},
              {"a rule twice",
               [](D& d) { d.rules[2].event = NotifyEvent::opened; },
               {{"rules[2].audience", FieldCode::duplicate}}},
              {"a rule for the desk",
               [](D& d) { d.rules[0].audience = Audience::desk; },
               {{"rules[0].audience", FieldCode::not_one_of}}},
              {"a private message for its recipients",
               [](D& d) {
                 d.rules[0] = {NotifyEvent::private_message, Audience::recipients, NotifyMode::never, {}};
               },
               {}},
              {"a private message for the client",
               [](D& d) { d.rules[0].event = NotifyEvent::private_message; },
               {{"rules[0].audience", FieldCode::not_one_of}}},
              {"recipients of an opening",
               [](D& d) { d.rules[0].audience = Audience::recipients; },
               {{"rules[0].audience", FieldCode::not_one_of}}},
              {"no addresses",
               [](D& d) { d.sender = "support", d.on_open_to = "desk@"; },
               {{"sender", FieldCode::malformed}, {"on_open_to", FieldCode::malformed}}},
              {"managers without an address",
               [](D& d) {
                 d.managers = {"", "boss@x.fr", "Boss@X.fr"};
               },
               {{"managers[0]", FieldCode::required}, {"managers[2]", FieldCode::duplicate}}},
              {"the longest header", [](D& d) { d.header = std::string(4000, 'x'); }, {}},
              {"a longer header", [](D& d) { d.header = std::string(4001, 'x'); }, {{"header", FieldCode::too_long}}},
              {"a footer that is no text", [](D& d) { d.footer = "\xff"; }, {{"footer", FieldCode::invalid_utf8}}}});
}

TEST_CASE("a rule names a template that is in use and made for its event") {
  World world;
  const TextTemplateDetails any{"Notice", TemplatePurpose::notification, "fr", {}, {}, "x", {}};
  world.text_templates[{1}] = {{1}, any, true};
  world.text_templates[{2}] = {{2}, any, false};
  world.text_templates[{3}] = {{1}, changed(any, [](auto& d) { d.purpose = TemplatePurpose::document; }), true};
  world.text_templates[{4}] = {{1}, changed(any, [](auto& d) { d.event = "closed"; }), true};
  const auto naming = [](NotifyEvent event, TemplateId id) {
    return NotificationsDefined{{{event, Audience::client, NotifyMode::always, id}}, {}, {}, {}, {}, {}};
  };
  const std::string field = "rules[0].text_template";
  replace(naming(NotifyEvent::opened, {1}), standard, world).then(naming(NotifyEvent::opened, {1}));
  replace(naming(NotifyEvent::closed, {4}), standard, world).then(naming(NotifyEvent::closed, {4}));
  replace(naming(NotifyEvent::opened, {2}), standard, world).refused(field, FieldCode::inactive);
  replace(naming(NotifyEvent::opened, {3}), standard, world).refused(field, FieldCode::not_one_of);
  replace(naming(NotifyEvent::opened, {4}), standard, world).refused(field, FieldCode::not_one_of);
  replace(naming(NotifyEvent::opened, {5}), standard, world).refused(field, FieldCode::not_found);
}

TEST_CASE("points are spent by root categories, each rated once") {
  using D = PointsDefined;
  const D sound{true, false, 0, {{"equipment", 1'000'000}, {"anything", 0}}};
  check_rows<D>(
      sound, {{"a category twice",
               [](D& d) { d.rates[1].category = "equipment"; },
               {{"rates[1].category", FieldCode::duplicate}}},
              {"too many points",
               [](D& d) { d.points_per_ticket = d.rates[0].points = 1'000'001; },
               {{"points_per_ticket", FieldCode::out_of_range}, {"rates[0].points", FieldCode::out_of_range}}},
              {"no category", [](D& d) { d.rates[0].category = ""; }, {{"rates[0].category", FieldCode::required}}}});
  auto closed = standard;
  closed.taxonomy.category.open = false;
  closed.taxonomy.category.nodes = {{"equipment", {}, labels("Equipment"), {}}};
  replace(sound, closed).refused("rates[1].category", FieldCode::unknown_category);
}

TEST_CASE("files have a size of 1 byte to a tebibyte, and media types of the known form") {
  using D = AttachmentsDefined;
  const D sound{1, {"image/*", "application/vnd.ms-excel", "text/plain"}, {"image/svg+xml"}};
  check_rows<D>(sound, {{"any",
                         [](D& d) {
                           d = {std::uint64_t{1} << 40U, {}, {}};
                         },
                         {}},
                        {"none", [](D& d) { d.size_bytes_max = 0; }, {{"size_bytes_max", FieldCode::out_of_range}}},
                        {"too long",
                         [](D& d) { d.size_bytes_max = (std::uint64_t{1} << 40U) + 1; },
                         {{"size_bytes_max", FieldCode::out_of_range}}},
                        {"no media types",
                         [](D& d) {
                           d.media_types_allowed = {"",         "image",     "image/", "/png",    "*/*",
                                                    "image/p*", "Image/png", "a/b/c",  "a/b; c=d"};
                         },
                         {{"media_types_allowed[0]", FieldCode::required},
                          {"media_types_allowed[1]", FieldCode::malformed},
                          {"media_types_allowed[2]", FieldCode::malformed},
                          {"media_types_allowed[3]", FieldCode::malformed},
                          {"media_types_allowed[4]", FieldCode::malformed},
                          {"media_types_allowed[5]", FieldCode::malformed},
                          {"media_types_allowed[6]", FieldCode::malformed},
                          {"media_types_allowed[7]", FieldCode::malformed},
                          {"media_types_allowed[8]", FieldCode::malformed}}},
                        {"one twice",
                         [](D& d) {
                           d.media_types_refused = {"a/b", "a/b"};
                         },
                         {{"media_types_refused[1]", FieldCode::duplicate}}},
                        {"too long a name",
                         [](D& d) { d.media_types_refused = {"a/" + std::string(126, 'b')}; },
                         {{"media_types_refused[0]", FieldCode::too_long}}}});
}
