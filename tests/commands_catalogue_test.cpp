#include <catch2/catch.hpp>

#include <map>

#include "commands/catalogue/decide.h"
#include "commands/settings/settings.h"
#include "events/json.h"

using namespace greffe;

namespace {

constexpr AgentId anne{101}, dora{104}, nobody{199};
constexpr ContactId paul{201};
constexpr OrganisationId acme{301}, gone{302};

// Everybody that the entries can refer to, and the external ids in use.
class Directory final : public Lookup {
  template <class Map, class Id>
  static auto get(const Map& map, Id id) {
    const auto at = map.find(id);
    return at == map.end() ? nullptr : &at->second;
  }

 public:
  Directory() {
    agents_[anne].active = true;
    agents_[dora].active = false;
    contacts_[paul].active = true;
    organisations_[acme].active = true;
    organisations_[gone].active = false;
  }
  const TicketState* ticket(TicketId) const override { return nullptr; }
  const ContactState* contact(ContactId id) const override { return get(contacts_, id); }
  const OrganisationState* organisation(OrganisationId id) const override { return get(organisations_, id); }
  const AgentState* agent(AgentId id) const override { return get(agents_, id); }
  const TeamState* team(TeamId) const override { return nullptr; }
  const CannedReplyState* canned_reply(CannedReplyId) const override { return nullptr; }
  const TextTemplateState* text_template(TemplateId) const override { return nullptr; }
  const ContextState* context(ContextId) const override { return nullptr; }
  const SavedViewState* saved_view(SavedViewId) const override { return nullptr; }
  const ContractState* contract(ContractId) const override { return nullptr; }
  std::optional<TicketId> with_number(std::string_view) const override { return std::nullopt; }
  std::optional<std::uint64_t> with_email(StreamKind, std::string_view) const override { return std::nullopt; }
  std::optional<std::uint64_t> with_external_id(StreamKind, std::string_view id) const override {
    return id.ends_with("TAKEN") ? std::optional<std::uint64_t>(1) : std::nullopt;
  }
  std::uint64_t last_number(std::string_view) const override { return 0; }

 private:
  std::map<AgentId, AgentState> agents_;
  std::map<ContactId, ContactState> contacts_;
  std::map<OrganisationId, OrganisationState> organisations_;
};

// One entry: takes commands and folds what they decide.
template <class State, class Command>
struct Shelf {
  State state;
  Settings settings = default_settings();
  static constexpr std::uint64_t id = 70;

  auto decision(const Command& command) const {
    const Directory directory;
    Context context{{}, {ActorKind::administrator, 0}, false, settings, directory};
    context.target = id;
    return decide(state, command, context);
  }
  // "CannedReplyCreated", or the code or faults of the refusal; folds what was decided.
  std::string when(const Command& command) {
    const auto decided = decision(command);
    std::string text;
    if (!decided) {
      for (const auto& fault : decided.error().fields) {
        text += (text.empty() ? "" : ", ") + fault.field + " " + std::string(name_of(fault.code));
      }
      return text.empty() ? std::string(name_of(decided.error().code)) : text;
    }
    for (const auto& event : *decided) {
      text += event_name(Event(event));
      evolve(state, event);
    }
    return text.empty() ? "nothing" : text;
  }
};

using Replies = Shelf<CannedReplyState, CannedReplyCommand>;
using Templates = Shelf<TextTemplateState, TextTemplateCommand>;
using Contexts = Shelf<ContextState, ContextCommand>;
using SavedViews = Shelf<SavedViewState, SavedViewCommand>;
using Contracts = Shelf<ContractState, ContractCommand>;

const CannedReplyDetails thanks{"Thanks", "fr", "Bonjour {{client.name}},", Visibility::everyone};
const ContextDetails van{"vehicle", {"AB-123-CD"}, "https://fleet.example/17", {{"model", {"Kangoo"}}}, "17"};
const SavedViewDetails urgent{"Urgent", anne, "view=open", {"number", "title"}};
const ContractDetails ten_points{"Ten points", paul, {}, "C-1"};

template <class Details, class Change>
Details with(Details details, Change&& change) {
  change(details);
  return details;
}

ContractState contract_with(std::uint64_t balance, std::uint64_t debt) {
  ContractState state;
  state.version = {1};
  state.active = true;
  state.balance = balance;
  state.debt = debt;
  return state;
}

Settings with_points(bool enabled, bool overdraft) {
  Settings settings = default_settings();
  settings.points.enabled = enabled;
  settings.points.overdraft = overdraft;
  return settings;
}

// "10 left, 0 owed", or why not.
std::string after(const Decision<PointsBooked>& booked) {
  if (!booked) return std::string(name_of(booked.error().code));
  return std::to_string(booked->balance) + " left, " + std::to_string(booked->debt) + " owed";
}

}  // namespace

TEST_CASE("a canned reply lives as every entry does") {
  Replies reply;
  CHECK(reply.when(CreateCannedReply{thanks}) == "CannedReplyCreated");
  CHECK(reply.when(ChangeCannedReply{.title = "Thanks"}) == "nothing");
  CHECK(reply.when(ChangeCannedReply{.title = "Thank you", .visibility = Visibility::internal}) ==
        "CannedReplyChanged");
  CHECK(reply.state.details.title == "Thank you");
  CHECK(reply.state.details.body == thanks.body);
  CHECK(reply.when(Deactivate{"old"}) == "CannedReplyDeactivated");
  CHECK(reply.when(Deactivate{}) == "nothing");
  CHECK(reply.when(Reactivate{}) == "CannedReplyReactivated");
  CHECK(reply.state.version == Version{4});
}

TEST_CASE("every wrong field of a canned reply is named, also unknown variables") {
  Replies reply;
  CHECK(reply.when(CreateCannedReply{{"", "FR", "{{client.nom}} {{ticket.number}} {{#x}}{{/x}}", {}}}) ==
        "title required, language malformed, body.client.nom unknown_variable, body.x unknown_variable");
  CHECK(reply.when(CreateCannedReply{{"t", "", " ", {}}}) == "language required, body required");
  CHECK(reply.when(CreateCannedReply{{"t", "fr", std::string(20'001, 'x'), {}}}) == "body too_long");
  CHECK(reply.when(CreateCannedReply{{"t", "fr", "{{#client.name}}", {}}}) == "body malformed");
  CHECK(reply.when(CreateCannedReply{{"t", "fr", "{{#messages}}{{/messages}}", {}}}) ==
        "body.messages unknown_variable");
  reply.when(CreateCannedReply{thanks});
  CHECK(reply.when(ChangeCannedReply{.body = "{{nope}}"}) == "body.nope unknown_variable");
}

TEST_CASE("a template's event is one of which people are told, and only notifications have one") {
  const auto create = [](TemplatePurpose purpose, std::string event) {
    return Templates().when(CreateTextTemplate{{"t", purpose, "fr", std::move(event), "", "<p>", ""}});
  };
  CHECK(create(TemplatePurpose::notification, "") == "TextTemplateCreated");
  for (const auto name : names_of(NotifyEvent{})) {
    CHECK(create(TemplatePurpose::notification, std::string(name)) == "TextTemplateCreated");
  }
  CHECK(create(TemplatePurpose::notification, "Opened") == "event not_one_of");
  CHECK(create(TemplatePurpose::document, "") == "TextTemplateCreated");
  CHECK(create(TemplatePurpose::document, "opened") == "event not_one_of");
}

TEST_CASE("header, body and footer of a template are checked each") {
  Templates shelf;
  CHECK(shelf.when(CreateTextTemplate{{"t", TemplatePurpose::document, "fr", "", "{{a}}", "{{b}}", "{{c}}"}}) ==
        "header.a unknown_variable, body.b unknown_variable, footer.c unknown_variable");
  CHECK(shelf.when(CreateTextTemplate{{"t", TemplatePurpose::document, "fr", "", std::string(4'001, 'x'), "b", ""}}) ==
        "header too_long");
  CHECK(shelf.when(CreateTextTemplate{{"t", TemplatePurpose::document, "fr", "", "{{{header}}}",
                                       "{{#messages}}{{body}}{{/messages}}", ""}}) == "TextTemplateCreated");
  CHECK(shelf.when(ChangeTextTemplate{.body = "{{{ticket.title}}}"}) == "body malformed");
  CHECK(shelf.when(ChangeTextTemplate{.footer = "{{{footer}}}"}) == "TextTemplateChanged");
  CHECK(shelf.when(Deactivate{}) == "TextTemplateDeactivated");
}

TEST_CASE("a text that notifications are made from stays what it is until they name another") {
  Templates shelf;
  shelf.when(CreateTextTemplate{{"t", TemplatePurpose::notification, "fr", "merged", "", "<p>", ""}});
  shelf.settings.notifications.rules = {
      {NotifyEvent::merged, Audience::client, NotifyMode::always, TemplateId{Templates::id}}};
  CHECK(shelf.when(Deactivate{}) == "in_use");
  CHECK(shelf.when(ChangeTextTemplate{.event = "opened"}) == "in_use");
  CHECK(shelf.when(ChangeTextTemplate{.body = "<b>"}) == "TextTemplateChanged");
  shelf.settings.notifications.rules.clear();
  CHECK(shelf.when(ChangeTextTemplate{.event = "opened"}) == "TextTemplateChanged");
  CHECK(shelf.when(Deactivate{}) == "TextTemplateDeactivated");
}

TEST_CASE("contexts have a type of the settings, unless these are open") {
  Contexts shelf;
  shelf.settings.contexts.open = false;
  shelf.settings.contexts.types = {{"booking", {}, {}, false}};
  CHECK(shelf.when(CreateContext{van}) == "type unknown_value");
  shelf.settings.contexts.types.push_back({"vehicle", {}, {}, true});
  CHECK(shelf.when(CreateContext{van}) == "ContextCreated");
  shelf.settings.contexts.types.clear();
  CHECK(shelf.when(ChangeContext{.label = "AB-123-CE"}) == "ContextChanged");
  CHECK(shelf.state.details.type == "vehicle");
  shelf.settings.contexts.open = true;
  CHECK(Contexts{{}, shelf.settings}.when(CreateContext{van}) == "ContextCreated");
}

TEST_CASE("a context's link is one that browsers only fetch") {
  const auto create = [](std::string url) {
    return Contexts().when(CreateContext{with(van, [&](auto& d) { d.url = std::move(url); })});
  };
  for (const char* good : {"", "https://a.b/c?d=e#f", "http://a", "HTTPS://a"}) CHECK(create(good) == "ContextCreated");
  for (const char* bad : {"javascript:alert(1)", "a.b", "/x", "https://a b", "https://a\"onclick=", "JavaScript://a"}) {
    CHECK(create(bad) == "url malformed");
  }
  CHECK(create("https://" + std::string(2'000, 'a')) == "url too_long");
}

TEST_CASE("a context that a file tells of is in use again, whether the file changes it or not") {
  Contexts shelf;
  shelf.when(CreateContext{van});
  CHECK(shelf.when(ChangeContext{.label = "AB-123-CD", .reactivate = true}) == "nothing");
  shelf.when(Deactivate{"sold"});
  CHECK(shelf.when(ChangeContext{.label = ""}) == "label required");
  CHECK(shelf.when(ChangeContext{.label = "", .reactivate = true}) == "label required");
  CHECK(shelf.when(ChangeContext{.label = "AB-123-CD"}) == "nothing");
  CHECK(shelf.when(ChangeContext{.label = "AB-123-CD", .reactivate = true}) == "ContextReactivated");
  CHECK(shelf.state.active);
  shelf.when(Deactivate{"sold"});
  CHECK(shelf.when(ChangeContext{.label = "AB-123-CE", .reactivate = true}) == "ContextReactivatedContextChanged");
  CHECK(shelf.state.active);
  CHECK(shelf.state.details.label.text == "AB-123-CE");
}

TEST_CASE("every wrong field of a context is named") {
  ContextDetails bad{"Véhicule", {" "}, "", {{"", {""}}, {"a", {std::string(501, 'x')}}}, std::string(129, 'x')};
  CHECK(Contexts().when(CreateContext{bad}) ==
        "type malformed, label required, summary[0].name required, summary[1].text too_long, external_id too_long");
  CHECK(Contexts().when(CreateContext{with(van, [](auto& d) { d.summary.resize(21); })}) == "summary too_many");
  CHECK(Contexts().when(CreateContext{with(van, [](auto& d) { d.external_id = "TAKEN"; })}) == "external_id_taken");
}

TEST_CASE("a saved view is an agent's or everybody's, with columns that there are") {
  const auto create = [](auto&& change) { return SavedViews().when(CreateSavedView{with(urgent, change)}); };
  CHECK(create([](auto&) {}) == "SavedViewCreated");
  CHECK(create([](auto& d) { d.owner.reset(); }) == "SavedViewCreated");
  CHECK(create([](auto& d) { d.owner = dora; }) == "owner inactive");
  CHECK(create([](auto& d) { d.owner = nobody; }) == "owner not_found");
  CHECK(create([](auto& d) {
          d.columns = {"number", "nothing", "number"};
        }) == "columns[1] not_one_of, columns[2] duplicate");
  CHECK(create([](auto& d) { d.columns.assign(100, "number"); }) == "columns too_many");
  CHECK(create([](auto& d) { d.title.clear(); }) == "title required");
  CHECK(create([](auto& d) { d.query.assign(4'001, 'x'); }) == "query too_long");
  SavedViews shelf;
  shelf.when(CreateSavedView{urgent});
  CHECK(shelf.when(ChangeSavedView{.columns = std::vector<std::string>{}}) == "SavedViewChanged");
  CHECK(shelf.when(ChangeSavedView{.query = "view=closed"}) == "SavedViewChanged");
  CHECK(shelf.state.details.owner == anne);
}

TEST_CASE("a contract is somebody's") {
  const auto create = [](auto&& change) { return Contracts().when(CreateContract{with(ten_points, change)}); };
  CHECK(create([](auto&) {}) == "ContractCreated");
  CHECK(create([](auto& d) { d.organisation = acme; }) == "ContractCreated");
  CHECK(create([](auto& d) { d.contact.reset(); }) == "contact required");
  CHECK(create([](auto& d) { d.organisation = gone; }) == "organisation inactive");
  CHECK(create([](auto& d) { d.external_id = "TAKEN"; }) == "external_id_taken");
  CHECK(create([](auto& d) { d.title = "\n"; }) == "title control_character");
}

TEST_CASE("points are credited where the store works with points") {
  Contracts shelf;
  shelf.when(CreateContract{ten_points});
  CHECK(shelf.when(CreditPoints{10, "paid"}) == "points_disabled");
  shelf.settings = with_points(true, false);
  CHECK(shelf.when(CreditPoints{0, ""}) == "points out_of_range");
  CHECK(shelf.when(CreditPoints{1'000'001, ""}) == "points out_of_range");
  CHECK(shelf.when(CreditPoints{10, "paid"}) == "PointsBooked");
  CHECK(shelf.when(CreditPoints{5, ""}) == "PointsBooked");
  CHECK(shelf.state.balance == 15);
  CHECK(shelf.state.details.title == "Ten points");
}

TEST_CASE("points are taken off the balance, and owed where overdraft is allowed") {
  struct Row {
    std::uint64_t balance, debt;
    std::uint32_t points;
    bool overdraft;
    const char* wanted;
  };
  const auto row = GENERATE(Row{10, 0, 3, false, "7 left, 0 owed"}, Row{3, 0, 3, false, "0 left, 0 owed"},
                            Row{2, 0, 3, false, "points_insufficient"}, Row{2, 0, 3, true, "0 left, 1 owed"},
                            Row{0, 4, 3, true, "0 left, 7 owed"}, Row{0, 4, 1, false, "points_insufficient"},
                            Row{0, 4, 0, false, "0 left, 4 owed"});
  const Directory directory;
  const auto settings = with_points(true, row.overdraft);
  const Context context{{}, {}, false, settings, directory};
  const auto booked = debit(contract_with(row.balance, row.debt), row.points, TicketId{7}, "work", context);
  CHECK(after(booked) == row.wanted);
  if (booked) CHECK(booked->move == PointsMove::debit);
  if (booked) CHECK(booked->ticket == TicketId{7});
}

TEST_CASE("nothing is taken where the store works without points") {
  const Directory directory;
  const auto settings = with_points(false, true);
  const Context context{{}, {}, false, settings, directory};
  CHECK(after(debit(contract_with(10, 0), 1, TicketId{7}, "", context)) == "points_disabled");
}

TEST_CASE("a credit pays what is owed before it fills the balance") {
  Contracts shelf;
  shelf.settings = with_points(true, true);
  shelf.state = contract_with(0, 4);
  CHECK(shelf.when(CreditPoints{3, ""}) == "PointsBooked");
  CHECK(shelf.state.debt == 1);
  CHECK(shelf.state.balance == 0);
  CHECK(shelf.when(CreditPoints{3, ""}) == "PointsBooked");
  CHECK(shelf.state.debt == 0);
  CHECK(shelf.state.balance == 2);
}
