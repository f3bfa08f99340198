#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include <algorithm>

#include "commands/texts/template.h"
#include "commands/texts/template_field.h"

using namespace greffe;

namespace {

TextValues sample() {
  TextValues values;
  values.texts = {{"ticket.number", "2502280001"},
                  {"ticket.title", "Fuite <d'eau> & \"gaz\""},
                  {"client.name", "Zoë"},
                  {"ticket.due_at", ""},
                  {"header", "<b>Acme</b>"}};
  for (const char* name : {"Anne", "Bob"}) {
    TextValues message;
    message.texts = {{"author", name}, {"body", "bonjour " + std::string(name)}, {"at", "28/02/2025 11:30"}};
    values.lists["messages"].push_back(message);
  }
  return values;
}

std::string html(std::string_view text) {
  const auto rendered = render(text, TextPurpose::document, sample());
  if (!rendered) return std::string(name_of(rendered.error()));
  return *rendered;
}

std::string plain(std::string_view text) {
  const auto rendered = render(text, TextPurpose::reply, sample());
  if (!rendered) return std::string(name_of(rendered.error()));
  return *rendered;
}

std::string faults(std::string_view text, TextPurpose purpose = TextPurpose::document) {
  std::string all;
  for (const auto& fault : check(text, purpose)) {
    all += std::string(name_of(fault.code)) + "@" + std::to_string(fault.at) + ":" + fault.name + " ";
  }
  if (!all.empty()) all.pop_back();
  return all;
}

}  // namespace

TEST_CASE("variables are filled in, and escaped where the text is HTML") {
  CHECK(html("N° {{ticket.number}}, {{ client.name }}") == "N° 2502280001, Zoë");
  CHECK(html("{{ticket.title}}") == "Fuite &lt;d&#39;eau&gt; &amp; &quot;gaz&quot;");
  CHECK(plain("{{ticket.title}}") == "Fuite <d'eau> & \"gaz\"");
  CHECK(html("a } b }} c { d") == "a } b }} c { d");
  CHECK(html("[{{ticket.due_at}}{{assignee.name}}]") == "[]");
}

TEST_CASE("only the desk's own HTML is put in as it is") {
  CHECK(html("{{{header}}}|{{header}}") == "<b>Acme</b>|&lt;b&gt;Acme&lt;/b&gt;");
  CHECK(faults("{{{ticket.title}}}") == "not_markup@0:ticket.title");
  CHECK(faults("{{{client.name}}}", TextPurpose::notification) == "not_markup@0:client.name");
  CHECK(html("{{{ticket.title}}}") == "bad_template");
  CHECK(faults("{{#messages}}{{{body}}}{{/messages}}") == "not_markup@13:body");
}

TEST_CASE("parts are repeated for a list's items and left out where a variable is empty") {
  CHECK(html("{{#messages}}<p>{{author}}: {{body}} ({{ticket.number}})</p>{{/messages}}") ==
        "<p>Anne: bonjour Anne (2502280001)</p><p>Bob: bonjour Bob (2502280001)</p>");
  CHECK(html("{{^messages}}none{{/messages}}") == "");
  CHECK(html("{{#ticket.due_at}}due {{.}}{{/ticket.due_at}}{{^ticket.due_at}}no date{{/ticket.due_at}}") == "no date");
  CHECK(plain("{{#client.name}}Bonjour {{.}},{{/client.name}}") == "Bonjour Zoë,");
  CHECK(html("{{#client.name}}{{#messages}}{{author}}{{/messages}}{{/client.name}}") == "AnneBob");
}

TEST_CASE("a line with nothing but a part's tag disappears") {
  CHECK(plain("a\n{{#client.name}}\nb\n{{/client.name}}\nc") == "a\nb\nc");
  CHECK(plain("a\r\n  {{#client.name}}  \r\nb\r\n{{/client.name}}") == "a\r\nb\r\n");
  CHECK(plain("{{#client.name}}\nb {{/client.name}}\nc") == "b \nc");
  CHECK(plain("a\n{{client.name}}\nb") == "a\nZoë\nb");
}

TEST_CASE("every fault of a template is found, with its place") {
  const auto [text, wanted] = GENERATE(table<const char*, const char*>({
      {"{{ticket.nmber}}", "unknown_variable@0:ticket.nmber"},
      {"x{{ticket.nmber}}{{clientname}}", "unknown_variable@1:ticket.nmber unknown_variable@17:clientname"},
      {"{{author}}", "unknown_variable@0:author"},
      {"{{#nothing}}{{/nothing}}", "unknown_variable@0:nothing"},
      {"{{", "malformed_tag@0:"},
      {"{{}}", "malformed_tag@0:"},
      {"{{{header}}", "malformed_tag@0:"},
      {"{{> partial}}", "malformed_tag@0:"},
      {"{{! comment}}", "malformed_tag@0:"},
      {"{{=<% %>=}}", "malformed_tag@0:"},
      {"{{ticket number}}", "malformed_tag@0:"},
      {"{{TICKET.NUMBER}}", "malformed_tag@0:"},
      {"{{#messages}}", "unclosed_section@0:messages"},
      {"{{/messages}}", "unopened_section@0:messages"},
      {"{{#messages}}{{#header}}{{/messages}}{{/header}}", "unopened_section@24:messages unclosed_section@0:messages"},
      {"{{messages}}", "wrong_section@0:messages"},
      {"{{.}}", "wrong_section@0:."},
      {"{{#messages}}{{.}}{{/messages}}", "wrong_section@13:."},
      {"{{#messages}}{{#messages}}{{/messages}}{{/messages}}", "unknown_variable@13:messages"},
  }));
  CHECK(faults(text) == wanted);
  CHECK(html(text) == "bad_template");
}

TEST_CASE("replies know of no messages, headers and footers") {
  CHECK(faults("{{#messages}}{{/messages}}", TextPurpose::reply) == "unknown_variable@0:messages");
  CHECK(faults("{{{header}}}", TextPurpose::reply) == "unknown_variable@0:header");
  CHECK(faults("{{ticket.number}} {{agent.name}}", TextPurpose::reply).empty());
}

TEST_CASE("values are data, whatever they look like") {
  TextValues values;
  values.texts["ticket.title"] = "{{client.name}} {{{header}}} {{#messages}}";
  values.texts["client.name"] = "<script>alert('x')</script>";
  CHECK(render("{{ticket.title}}|{{client.name}}", TextPurpose::document, values).value() ==
        "{{client.name}} {{{header}}} {{#messages}}|&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;");
  values.texts["client.name"] = "\" onmouseover=\"x";
  CHECK(render("<a title=\"{{client.name}}\">", TextPurpose::notification, values).value() ==
        "<a title=\"&quot; onmouseover=&quot;x\">");
}

TEST_CASE("what a template becomes is bounded, and so is the work for it") {
  TextValues values;
  values.texts["ticket.title"] = std::string(1'000, '<');
  CHECK(render("{{ticket.title}}", TextPurpose::document, values, 4'000).value().size() == 4'000);
  CHECK(render("{{ticket.title}}", TextPurpose::document, values, 3'999).error() == RenderFault::too_long);
  CHECK(render("{{ticket.title}}x", TextPurpose::document, values, 4'000).error() == RenderFault::too_long);
  values.lists["messages"].resize(50'000);
  std::string silent = "{{#messages}}";
  for (int i = 0; i < 900; ++i) silent += "{{author}}";
  CHECK(render(silent + "{{/messages}}", TextPurpose::document, values).error() == RenderFault::too_long);

  std::string many;
  for (std::size_t i = 0; i <= template_tags_max; ++i) many += "{{ticket.number}}";
  CHECK(faults(many) == "too_many_tags@17000:ticket.number");
  std::string deep;
  for (const auto* name : {"header", "footer", "client.name", "ticket.title", "agent.name"}) {
    deep = "{{#" + std::string(name) + "}}" + deep + "{{/" + name + "}}";
  }
  CHECK(faults(deep).starts_with("too_deep"));
}

TEST_CASE("whatever check() accepts can be rendered, and escapes all that is not its own") {
  CHECK(rc::check("any text", [] {
    const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
        "{{", "}}", "{{{", "}}}", "#", "^", "/", ".", "messages", "header", "ticket.title", "author", " ", "\n", "x",
        "{{#messages}}", "{{/messages}}", "{{author}}", "{{{header}}}", "{{ticket.title}}"));
    std::string text;
    for (const auto& piece : pieces) text += piece;
    TextValues values = sample();
    values.texts["ticket.title"] = "<";
    for (auto& message : values.lists["messages"]) message.texts["author"] = "<";
    values.texts["header"] = "H";
    const auto rendered = render(text, TextPurpose::document, values);
    RC_ASSERT(rendered.has_value() == check(text, TextPurpose::document).empty());
    if (rendered) RC_ASSERT(rendered->find('<') == std::string::npos);
  }));
}

TEST_CASE("every variable has one meaning, and a list's items belong to a list") {
  for (const auto purpose : {TextPurpose::reply, TextPurpose::document, TextPurpose::notification}) {
    const auto variables = variables_of(purpose);
    for (const auto& variable : variables) {
      const auto same = [&](const TextVariable& v) { return v.name == variable.name; };
      CHECK(std::count_if(variables.begin(), variables.end(), same) == 1);
      if (variable.list.empty()) continue;
      const auto is_list = [&](const TextVariable& v) { return v.is_list && v.name == variable.list; };
      CHECK(std::any_of(variables.begin(), variables.end(), is_list));
    }
  }
}

TEST_CASE("a field with a template names each unknown variable") {
  FieldFaults found;
  check_template("body", "{{a}} {{b}} {{ticket.number}} {{a}}", {100, true, true}, TextPurpose::reply, found);
  const auto rejection = found.refuse().value();
  CHECK(rejection.fields ==
        std::vector<FieldFault>{{"body.a", FieldCode::unknown_variable}, {"body.b", FieldCode::unknown_variable}});
  check_template("body", "{{#client.name}}", {100, true, true}, TextPurpose::reply, found);
  CHECK(found.refuse().value().fields == std::vector<FieldFault>{{"body", FieldCode::malformed}});
  check_template("body", " ", {100, true, true}, TextPurpose::reply, found);
  CHECK(found.refuse().value().fields == std::vector<FieldFault>{{"body", FieldCode::required}});
}
