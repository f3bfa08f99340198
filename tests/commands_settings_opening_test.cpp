// The rules of the areas that say what a ticket is opened with.
#include "commands/settings/rules.h"
#include "tests/commands_settings_office.h"

using namespace greffe;
using namespace greffe::spec;

namespace {

CategoryNode node(std::string key, std::string parent = {}) {
  return {std::move(key), std::move(parent), labels("x"), {}};
}

TaxonomyDefined tree_of(std::vector<CategoryNode> nodes, bool open = false) {
  TaxonomyDefined taxonomy;
  taxonomy.category.open = open;
  taxonomy.category.nodes = std::move(nodes);
  return taxonomy;
}

Settings with(const TaxonomyDefined& taxonomy) {
  return changed(standard, [&](Settings& s) { s.taxonomy = taxonomy; });
}

const TaxonomyDefined incidents = tree_of({node("incident"), node("outage", "incident"), node("request")});

}  // namespace

TEST_CASE("categories have unique keys, labels and known parents without cycles, five levels at most") {
  using D = TaxonomyDefined;
  check_rows<D>(
      incidents,
      {{"a key twice",
        [](D& d) { d.category.nodes[2].key = "incident"; },
        {{"category.nodes[2].key", FieldCode::duplicate}}},
       {"no key", [](D& d) { d.category.nodes[2].key = ""; }, {{"category.nodes[2].key", FieldCode::required}}},
       {"words of people as a key", [](D& d) { d.category.nodes[2].key = "Category 42"; }, {}},
       {"an unknown parent",
        [](D& d) { d.category.nodes[1].parent = "incidents"; },
        {{"category.nodes[1].parent", FieldCode::unknown_category}}},
       {"a parent that comes later", [](D& d) { d.category.nodes[0].parent = "request"; }, {}},
       {"a node of its own",
        [](D& d) { d.category.nodes[2].parent = "request"; },
        {{"category.nodes[2].parent", FieldCode::malformed}}},
       {"a cycle of two, and a node below it",
        [](D& d) {
          d.category.nodes[0].parent = "request";
          d.category.nodes[2].parent = "incident";
        },
        {{"category.nodes[0].parent", FieldCode::malformed},
         {"category.nodes[1].parent", FieldCode::too_many},
         {"category.nodes[2].parent", FieldCode::malformed}}},
       {"a language left out",
        [](D& d) { d.category.nodes[1].labels.pop_back(); },
        {{"category.nodes[1].labels", FieldCode::required}}},
       {"an audience twice",
        [](D& d) {
          d.category.nodes[0].audience = {CategoryAudience::manager, CategoryAudience::manager};
        },
        {{"category.nodes[0].audience[1]", FieldCode::duplicate}}},
       {"what the axis is called",
        [](D& d) {
          d.category.labels = {{"en", "Type"}};
        },
        {{"category.labels", FieldCode::required}}}});

  std::vector<CategoryNode> chain = {node("1")};
  for (int level = 2; level <= 5; ++level) chain.push_back(node(std::to_string(level), std::to_string(level - 1)));
  replace(tree_of(chain)).then(tree_of(chain));
  chain.push_back(node("6", "5"));
  replace(tree_of(chain)).refused("category.nodes[5].parent", FieldCode::too_many);
}

TEST_CASE("an axis that is closed has something to choose") {
  replace(tree_of({})).refused("category.nodes", FieldCode::required);
  replace(tree_of({}, true)).then(tree_of({}, true));
  const auto groups = [](bool enabled, bool open, std::vector<ListedValue> values) {
    return changed(standard.taxonomy, [&](TaxonomyDefined& d) { d.group = {{}, enabled, open, std::move(values)}; });
  };
  replace(groups(true, false, {})).refused("group.values", FieldCode::required);
  replace(groups(false, false, {})).then(groups(false, false, {}));
  replace(groups(true, false, {{"a", labels("A")}, {"a", labels("B")}}))
      .refused("group.values[1].key", FieldCode::duplicate);
  replace(groups(true, true, {{"a", {}}})).refused("group.values[0].labels", FieldCode::required);
}

TEST_CASE("an axis that is switched off is not mandatory, and one that is mandatory is not switched off") {
  const auto asked_for = [](std::string name) {
    return changed(standard.opening, [&](OpeningDefined& d) { d.mandatory = {{{}, {}, {"title", std::move(name)}}}; });
  };
  const struct {
    const char* name;
    const char* axis;
    void (*switch_off)(TaxonomyDefined&);
  } rows[] = {{"category", "category", [](TaxonomyDefined& d) { d.category.enabled = false; }},
              {"sub_category", "category", [](TaxonomyDefined& d) { d.category.enabled = false; }},
              {"request_type", "request_type", [](TaxonomyDefined& d) { d.request_type.enabled = false; }},
              {"group", "group", [](TaxonomyDefined& d) { d.group.enabled = false; }}};
  for (const auto& row : rows) {
    INFO(row.name);
    const auto wanted = asked_for(row.name);
    const auto off = changed(standard.taxonomy, row.switch_off);
    replace(wanted, with(off)).refused("mandatory[0].required[1]", FieldCode::not_one_of);
    const auto before = changed(standard, [&](Settings& s) { s.opening = wanted; });
    replace(off, before).refused(std::string(row.axis) + ".enabled", FieldCode::not_one_of);
    replace(off).then(off);
  }
  const auto without_origins = changed(asked_for("origin"), [](OpeningDefined& d) { d.origins.enabled = false; });
  replace(without_origins).refused("mandatory[0].required[1]", FieldCode::not_one_of);
}

TEST_CASE("mandatory are known fields of opening, and due dates only where they can be given") {
  using D = OpeningDefined;
  const auto all = changed(standard.opening, [](D& d) {
    MandatoryFields rule{{TicketKind::external}, {Channel::manual}, {}};
    for (const auto name : mandatory_field_names()) rule.required.emplace_back(name);
    rule.required.push_back("context.vehicle");
    d.mandatory = {rule};
  });
  const auto known_types = changed(standard, [](Settings& s) {
    s.contexts = {false, {{"vehicle", labels("Vehicle"), {}, true}}};
  });
  check_rows<D>(
      all,
      {{"an unknown field",
        [](D& d) { d.mandatory[0].required = {"titel"}; },
        {{"mandatory[0].required[0]", FieldCode::not_one_of}}},
       {"an unknown context",
        [](D& d) { d.mandatory[0].required = {"context.bike"}; },
        {{"mandatory[0].required[0]", FieldCode::unknown_value}}},
       {"a context of no type",
        [](D& d) { d.mandatory[0].required = {"context."}; },
        {{"mandatory[0].required[0]", FieldCode::unknown_value}}},
       {"a field twice",
        [](D& d) {
          d.mandatory[0].required = {"team", "team"};
        },
        {{"mandatory[0].required[1]", FieldCode::duplicate}}},
       {"nothing", [](D& d) { d.mandatory[0].required.clear(); }, {{"mandatory[0].required", FieldCode::required}}},
       {"a due date of every channel",
        [](D& d) {
          d.mandatory[0] = {{}, {}, {"due_at"}};
        },
        {{"mandatory[0].required[0]", FieldCode::not_one_of}}},
       {"a due date of a channel without one",
        [](D& d) {
          d.mandatory[0] = {{}, {Channel::manual, Channel::email}, {"due_at"}};
        },
        {{"mandatory[0].required[0]", FieldCode::not_one_of}}},
       {"no due dates at all",
        [](D& d) { d.due_channels.clear(); },
        {{"mandatory[0].required[14]", FieldCode::not_one_of}}},
       {"a channel twice",
        [](D& d) {
          d.due_channels = {Channel::manual, Channel::manual};
        },
        {{"due_channels[1]", FieldCode::duplicate}}},
       {"an origin without labels",
        [](D& d) {
          d.origins.values = {{"call", {}}};
        },
        {{"origins.values[0].labels", FieldCode::required}}}},
      known_types);
  CHECK(mandatory_field_names()[14] == "due_at");
}

TEST_CASE("a question's key is unique among the forms that one ticket can meet") {
  using D = IntakeDefined;
  const Question line{"line", labels("Line"), AnswerKind::text, {}, true};
  const Question mood{"mood", labels("Mood"), AnswerKind::choice, {"good", "bad"}, false};
  const IntakeDefined sound{{{{TicketKind::external}, {Channel::portal}, "incident", {line, mood}},
                             {{TicketKind::external}, {Channel::portal}, "request", {line}},
                             {{TicketKind::internal}, {Channel::portal}, {}, {line}},
                             {{TicketKind::external}, {Channel::manual}, {}, {line}}}};
  const auto settings = with(incidents);
  check_rows<D>(
      sound,
      {{"forms of one category",
        [](D& d) { d.forms[1].category = "incident"; },
        {{"forms[1].questions[0].key", FieldCode::duplicate}}},
       {"a form of any category",
        [](D& d) { d.forms[1].category = ""; },
        {{"forms[1].questions[0].key", FieldCode::duplicate}}},
       {"a form of any kind",
        [](D& d) { d.forms[2].kinds.clear(); },
        {{"forms[2].questions[0].key", FieldCode::duplicate}}},
       {"a key twice in a form",
        [](D& d) { d.forms[0].questions[1].key = "line"; },
        {{"forms[0].questions[1].key", FieldCode::duplicate}}},
       {"an unknown category",
        [](D& d) { d.forms[1].category = "requests"; },
        {{"forms[1].category", FieldCode::unknown_category}}},
       {"a category that is no root",
        [](D& d) { d.forms[1].category = "outage"; },
        {{"forms[1].category", FieldCode::unknown_category}}},
       {"a choice of nothing",
        [](D& d) { d.forms[0].questions[1].choices.clear(); },
        {{"forms[0].questions[1].choices", FieldCode::required}}},
       {"a choice twice",
        [](D& d) {
          d.forms[0].questions[1].choices = {"good", "good"};
        },
        {{"forms[0].questions[1].choices[1]", FieldCode::duplicate}}},
       {"choices of a text",
        [](D& d) { d.forms[1].questions[0].choices = {"a"}; },
        {{"forms[1].questions[0].choices", FieldCode::too_many}}},
       {"no question", [](D& d) { d.forms[1].questions.clear(); }, {{"forms[1].questions", FieldCode::required}}},
       {"a key of people's words",
        [](D& d) { d.forms[1].questions[0].key = "Line number"; },
        {{"forms[1].questions[0].key", FieldCode::malformed}}}},
      settings);
}

TEST_CASE("context types have unique keys, and addresses with a place for the label") {
  using D = ContextTypesDefined;
  const D sound{false,
                {{"invoice", labels("Invoice"), "https://erp/i/{label}", false}, {"quote", labels("Q"), {}, true}}};
  check_rows<D>(
      sound, {{"none at all", [](D& d) { d.types.clear(); }, {}},
              {"a key twice", [](D& d) { d.types[1].key = "invoice"; }, {{"types[1].key", FieldCode::duplicate}}},
              {"a key in capitals", [](D& d) { d.types[1].key = "Quote"; }, {{"types[1].key", FieldCode::malformed}}},
              {"no place",
               [](D& d) { d.types[0].url_pattern = "https://erp/i"; },
               {{"types[0].url_pattern", FieldCode::malformed}}},
              {"two places",
               [](D& d) { d.types[0].url_pattern = "https://erp/{label}/{label}"; },
               {{"types[0].url_pattern", FieldCode::malformed}}},
              {"no web address",
               [](D& d) { d.types[0].url_pattern = "javascript:{label}"; },
               {{"types[0].url_pattern", FieldCode::malformed}}},
              {"a place in the query", [](D& d) { d.types[0].url_pattern = "https://erp?i={label}"; }, {}},
              {"a place in the host",
               [](D& d) { d.types[0].url_pattern = "https://{label}/i"; },
               {{"types[0].url_pattern", FieldCode::malformed}}},
              {"a place in the host's end",
               [](D& d) { d.types[0].url_pattern = "https://erp.{label}"; },
               {{"types[0].url_pattern", FieldCode::malformed}}},
              {"a place in the port",
               [](D& d) { d.types[0].url_pattern = "https://erp:{label}/i"; },
               {{"types[0].url_pattern", FieldCode::malformed}}},
              {"a place in the scheme",
               [](D& d) { d.types[0].url_pattern = "{label}://erp/i"; },
               {{"types[0].url_pattern", FieldCode::malformed}}},
              {"too long an address",
               [](D& d) { d.types[0].url_pattern += std::string(500, 'x'); },
               {{"types[0].url_pattern", FieldCode::too_long}}}});
}
