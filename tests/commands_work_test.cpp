// To-dos, documents, contexts, watchers, articles, interventions, statuses by themselves, deletion.
#include "tests/spec.h"

using namespace greffe;
using namespace greffe::spec;

namespace {

const std::string digest(64, 'a');

AttachDocument photo() { return {digest, 1000, "image/png", "photo.png", Visibility::everyone, 0}; }

}  // namespace

TEST_CASE("to-dos are numbered, done, undone, dropped and put in order") {
  const TodoAdded call{{1, {"call"}, {}, {}}}, write{{2, {"write"}, bob, {}}};
  given(opened()).when(AddTodo{"call", {}, {}}).then(call);
  given(opened(), call).when(AddTodo{"write", bob, {}}).then(write);
  const auto ticket = given(opened(), call, write);
  ticket.when(CompleteTodo{2}).then(TodoCompleted{2});
  ticket.when(CompleteTodo{3}).refused("todo", FieldCode::not_found);
  ticket.when(ReopenTodo{1}).nothing();
  ticket.when(DropTodo{1}).then(TodoDropped{1});
  ticket.when(ReorderTodos{{2, 1}}).then(TodosReordered{{2, 1}});
  ticket.when(ReorderTodos{{1, 2}}).nothing();
  ticket.when(ReorderTodos{{2}}).refused("todos", FieldCode::not_one_of);
  given(opened(), call, TodoDropped{1}).when(AddTodo{"again", {}, {}}).then(TodoAdded{{2, {"again"}, {}, {}}});
}

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

TEST_CASE("a context from the catalogue is kept as it was when it was linked") {
  World world;
  world.contexts[ContextId{60}] = {{1}, {"vehicle", {"AB-123-CD"}, "https://fleet/1", {{"colour", {"red"}}}, {}}, true};
  world.settings.contexts = {false, {{"vehicle", {}, "", true}, {"invoice", {}, "https://erp/{label}", false}}};
  auto ticket = given(opened()).in(world);
  ticket.when(LinkTicketContext{{ContextId{60}, "", "", "", {}}})
      .then(ContextLinked{{1, "vehicle", ContextId{60}, {"AB-123-CD"}, "https://fleet/1", {{"colour", {"red"}}}}});
  ticket.when(LinkTicketContext{{{}, "invoice", "F-12", "", {}}})
      .then(ContextLinked{{1, "invoice", {}, {"F-12"}, "https://erp/F-12", {}}});
  ticket.when(LinkTicketContext{{{}, "vehicle", "ZZ-999-ZZ", "", {}}}).refused("label", FieldCode::not_in_catalogue);
  ticket.when(LinkTicketContext{{{}, "boat", "Titanic", "", {}}}).refused("type", FieldCode::unknown_value);
  ticket.when(LinkTicketContext{{ContextId{61}, "", "", "", {}}}).refused("context", FieldCode::not_found);
  ticket.when(LinkTicketContext{{{}, "invoice", "F-1", "javascript:alert(1)", {}}})
      .refused("url", FieldCode::malformed);
}

TEST_CASE("a label stands as text in the address of its type, and chooses neither path nor host") {
  World world;
  const auto url_of = [&](const std::string& pattern, const std::string& label) {
    world.settings.contexts = {false, {{"invoice", {}, pattern, false}}};
    const auto outcome = given(opened()).in(world).when(LinkTicketContext{{{}, "invoice", label, "", {}}});
    REQUIRE(outcome.decision());
    return std::get<ContextLinked>(outcome.decision()->front()).context.url;
  };
  const std::string path = "https://erp/{label}", query = "https://erp?n={label}#top";
  CHECK(url_of(path, "F-12_a.b~C") == "https://erp/F-12_a.b~C");
  CHECK(url_of(path, "F 12/é?x=1&y#z") == "https://erp/F%2012%2F%C3%A9%3Fx%3D1%26y%23z");
  CHECK(url_of(path, "%2e%2e") == "https://erp/%252e%252e");
  CHECK(url_of(path, "../..") == "https://erp/..%2F..");
  CHECK(url_of(query, "a&b=c") == "https://erp?n=a%26b%3Dc#top");
  CHECK(url_of(path, "...") == "https://erp/...");
  for (const char* step : {".", ".."}) CHECK(url_of(path, step).empty());
  // From before patterns were held to it.
  CHECK(url_of("https://{label}/i", "evil.example").empty());
}

TEST_CASE("several contexts are linked and unlinked by their number") {
  const ContextLinked first{{1, "project", {}, {"Atlas"}, "", {}}};
  const auto ticket = given(opened(), first);
  ticket.when(LinkTicketContext{{{}, "contract", "C-7", "", {}}})
      .then(ContextLinked{{2, "contract", {}, {"C-7"}, "", {}}});
  ticket.when(LinkTicketContext{{{}, "project", "Atlas", "", {}}}).nothing();
  ticket.when(UnlinkTicketContext{1}).then(ContextUnlinked{first.context});
  ticket.when(UnlinkTicketContext{2}).refused("link", FieldCode::not_found);
}

TEST_CASE("a context that is linked once more is what it is said to be now, under its number") {
  World world;
  world.settings.contexts = {true, {{"invoice", {}, "https://erp/{label}", false}}};
  const ContextLinked quote{{1, "quote", {}, {"Q-1"}, "https://erp/q", {}}};
  const ContextLinked before{{2, "invoice", {}, {"F-12"}, "https://old/12", {{"amount", {"100"}}}}};
  const auto ticket = given(opened(), quote, before).in(world);
  const auto link = [](const std::string& url, std::vector<Detail> summary) {
    return LinkTicketContext{{{}, "invoice", "F-12", url, std::move(summary)}};
  };
  auto after = before;
  after.context.url = "https://new/12";
  ticket.when(link("https://new/12", {})).then(ContextUnlinked{before.context}, after);
  auto dearer = before;
  dearer.context.summary = {{"amount", {"120"}}};
  ticket.when(link("", {{"amount", {"120"}}})).then(ContextUnlinked{before.context}, dearer);
  ticket.when(link("https://old/12", {{"amount", {"100"}}})).nothing();
  ticket.when(link("", {})).nothing();
  ticket.when(link("javascript:alert(1)", {})).refused("url", FieldCode::malformed);
  const auto replaced = given(opened(), before, quote, ContextUnlinked{before.context}, after).in(world);
  replaced.when(UnlinkTicketContext{2}).then(ContextUnlinked{after.context});
  replaced.when(LinkTicketContext{{{}, "project", "Atlas", "", {}}})
      .then(ContextLinked{{3, "project", {}, {"Atlas"}, "", {}}});
}

TEST_CASE("a replaced context leaves the numbers of the next ones alone") {
  const ContextLinked first{{1, "quote", {}, {"Q-1"}, "", {}}}, second{{2, "invoice", {}, {"F-12"}, "", {}}};
  auto again = first;
  again.context.url = "https://erp/q";
  given(opened(), first, second, ContextUnlinked{first.context}, again)
      .when(LinkTicketContext{{{}, "project", "Atlas", "", {}}})
      .then(ContextLinked{{3, "project", {}, {"Atlas"}, "", {}}});
}

TEST_CASE("a context that is given back has its number and address of before, if the number is free") {
  World world;
  world.settings.contexts = {true, {{"invoice", {}, "https://erp/{label}", false}}};
  const ContextLinked first{{1, "invoice", {}, {"F-12"}, "", {}}}, second{{2, "quote", {}, {"Q-1"}, "", {}}};
  const LinkTicketContext given_back{{{}, "invoice", "F-12", "", {}}, 1};
  given(opened(), first, second, ContextUnlinked{first.context}).in(world).when(given_back).then(first);
  const ContextLinked anew{{2, "invoice", {}, {"F-12"}, "https://erp/F-12", {}}};
  const ContextLinked other{{1, "quote", {}, {"Q-1"}, "", {}}};
  given(opened(), other).in(world).when(given_back).then(anew);
}

TEST_CASE("an entry that is linked stays as it was then, whatever it is called by now") {
  World world;
  world.contexts[ContextId{60}] = {{1}, {"vehicle", {"AB-123-CE"}, "https://fleet/1", {}, {}}, true};
  given(opened(), ContextLinked{{1, "vehicle", ContextId{60}, {"AB-123-CD"}, "", {}}})
      .in(world)
      .when(LinkTicketContext{{ContextId{60}, "", "", "", {}}})
      .nothing();
}

TEST_CASE("a watcher is one person or one address") {
  const Addressee address{{}, {}, {"extra@x.fr"}};
  const auto ticket = given(opened());
  ticket.when(AddWatcher{WatcherKind::email, address}).then(WatcherAdded{WatcherKind::email, address});
  ticket.when(AddWatcher{WatcherKind::copy, {anne, {}, {}}}).then(WatcherAdded{WatcherKind::copy, {anne, {}, {}}});
  ticket.when(AddWatcher{WatcherKind::copy, {}}).refused("watcher", FieldCode::required);
  ticket.when(AddWatcher{WatcherKind::copy, {anne, paul, {}}}).refused("watcher", FieldCode::too_many);
  ticket.when(AddWatcher{WatcherKind::email, {{}, {}, {"nobody"}}}).refused("watcher.email", FieldCode::malformed);
  given(opened(), WatcherAdded{WatcherKind::email, address}).when(AddWatcher{WatcherKind::email, address}).nothing();
  given(opened(), WatcherAdded{WatcherKind::email, address})
      .when(RemoveWatcher{WatcherKind::email, address})
      .then(WatcherRemoved{WatcherKind::email, address});
}

TEST_CASE("an address is one watcher however its letters are written, and is kept as first given") {
  const Addressee first{{}, {}, {"Extra@X.fr"}}, again{{}, {}, {"extra@x.FR"}};
  const auto watched = given(opened(), WatcherAdded{WatcherKind::email, first});
  watched.when(AddWatcher{WatcherKind::email, again}).nothing();
  watched.when(RemoveWatcher{WatcherKind::email, again}).then(WatcherRemoved{WatcherKind::email, first});
  watched.when(AddWatcher{WatcherKind::copy, again}).then(WatcherAdded{WatcherKind::copy, again});
  watched.when(RemoveWatcher{WatcherKind::copy, again}).nothing();
  // Of a time when they were two.
  given(opened(), WatcherAdded{WatcherKind::email, first}, WatcherAdded{WatcherKind::email, again})
      .when(RemoveWatcher{WatcherKind::email, first})
      .then(WatcherRemoved{WatcherKind::email, first}, WatcherRemoved{WatcherKind::email, again});
}

TEST_CASE("a link's scheme may be in capitals, and is that of a web page") {
  const auto ticket = given(opened());
  for (const char* url : {"HTTPS://x.fr/a", "Http://x.fr", "https://x.fr"}) {
    ticket.when(LinkArticle{"How to", url}).then(ArticleLinked{1, "How to", url});
  }
  for (const char* url : {"ftp://x.fr", "javascript://x.fr", "https:x.fr", "//x.fr", "https", "httpss://x.fr", "://",
                          "http://", "https:///a", "https://?q", "https://#a", "https://:80"}) {
    ticket.when(LinkArticle{"How to", url}).refused("url", FieldCode::malformed);
  }
}

TEST_CASE("an intervention takes up the ticket as it is, and its answer is linked back") {
  auto for_acme = opened();
  for_acme.party = {{}, acme};
  for_acme.team = support;
  for_acme.classification = {{"hardware"}, "", ""};
  for_acme.due_at = noon;
  for_acme.description = {"It smokes."};
  const ParticularsChanged told{{}, {{"order 4711"}, {"2nd floor"}}};
  const TicketAssigned taken{{}, bob, AssignCause::claimed};
  InterventionRequested asked{1, {"Printer"}, {"bring toner"}, for_acme.party, {}, {}};
  asked.number = for_acme.number;
  asked.priority = normal;
  asked.classification = for_acme.classification;
  asked.team = support;
  asked.due_at = noon;
  asked.description = for_acme.description;
  given(for_acme).when(RequestIntervention{"bring toner", {}}).then(asked);
  asked.particulars = told.new_particulars;
  asked.assignee = bob;
  asked.description = {"It burns."};
  given(for_acme, told, taken, DescriptionChanged{{"It burns."}})
      .when(RequestIntervention{"bring toner", {}})
      .then(asked);
  given(for_acme, asked)
      .when(AnswerIntervention{1, "INT-9", "https://erp/9", ""})
      .then(InterventionAnswered{1, "INT-9", "https://erp/9", {}});
  given(for_acme).when(AnswerIntervention{1, "INT-9", "", ""}).refused("intervention", FieldCode::not_found);
}

TEST_CASE("articles are links with a title") {
  given(opened()).when(LinkArticle{"How to", "https://help/1"}).then(ArticleLinked{1, "How to", "https://help/1"});
  given(opened()).when(LinkArticle{"", ""}).refused({{"title", FieldCode::required}, {"url", FieldCode::required}});
  given(opened(), ArticleLinked{1, "a", "https://b"}).when(UnlinkArticle{1}).then(ArticleUnlinked{1});
}

TEST_CASE("an article that is linked already is not linked twice, one with another title or page is") {
  const auto ticket = given(opened(), ArticleLinked{1, "How to", "https://help/1"});
  ticket.when(LinkArticle{"How to", "https://help/1"}).nothing();
  ticket.when(LinkArticle{"How to", "https://help/2"}).then(ArticleLinked{2, "How to", "https://help/2"});
  ticket.when(LinkArticle{"Why", "https://help/1"}).then(ArticleLinked{2, "Why", "https://help/1"});
  given(opened(), ArticleLinked{1, "How to", "https://help/1"}, ArticleUnlinked{1})
      .when(LinkArticle{"How to", "https://help/1"})
      .then(ArticleLinked{2, "How to", "https://help/1"});
}

TEST_CASE("an intervention is asked for without the description where one record cannot hold it") {
  auto long_one = opened();
  long_one.description = {std::string(20'000, 'x')};
  const auto requested = [](const GivenTicket& ticket) {
    const auto outcome = ticket.when(RequestIntervention{"", {}});
    REQUIRE(outcome.decision());
    return std::get<InterventionRequested>(outcome.decision()->front());
  };
  const ContextLinked project{{1, "project", {}, {"Atlas"}, "", {{"note", {std::string(500, 'y')}}}}};
  CHECK(requested(given(long_one, project)).description == long_one.description);
  ContextLinked wordy = project;
  wordy.context.summary.assign(20, {"note", {std::string(600, 'y')}});
  const auto bare = requested(given(long_one, wordy));
  CHECK(bare.description.text.empty());
  CHECK(bare.contexts == std::vector<ContextAt>{wordy.context});
}

TEST_CASE("an intervention's newest answer given again changes nothing, another one does") {
  const InterventionRequested asked{1, {"Printer"}, {}, {}, {}, {}};
  const InterventionAnswered planned{1, "INT-9", "https://erp/9", {"Monday"}}, moved{1, "INT-9", "", {"Tuesday"}};
  const auto ticket = given(opened(), asked, planned);
  ticket.when(AnswerIntervention{1, "INT-9", "https://erp/9", "Monday"}).nothing();
  ticket.when(AnswerIntervention{1, "INT-9", "", "Tuesday"}).then(moved);
  given(opened(), asked, planned, moved).when(AnswerIntervention{1, "INT-9", "https://erp/9", "Monday"}).then(planned);
}

TEST_CASE("what costs no points is booked nowhere") {
  World world;
  world.settings.points = {true, false, 1, {{"network", 0}}};
  ContractState& contract = world.contracts[ContractId{80}];
  contract.version = {1};
  contract.active = true;
  auto network = opened();
  network.classification.category = {"network"};
  given(network).in(world).when(SpendPoints{ContractId{80}, {}, ""}).nothing();
  given(opened()).in(world).when(SpendPoints{ContractId{80}, {}, ""}).refused(RejectionCode::points_insufficient);
  world.settings.points.enabled = false;
  given(network).in(world).when(SpendPoints{ContractId{80}, {}, ""}).refused(RejectionCode::points_disabled);
}

TEST_CASE("points are taken off the contract and noted on the ticket, by the rate of its category") {
  World world;
  world.settings.points = {true, false, 1, {{"network", 3}}};
  ContractState contract;
  contract.version = {1};
  contract.active = true;
  contract.balance = 5;
  world.contracts[ContractId{80}] = contract;
  auto network = opened();
  network.classification.category = {"network"};
  const auto outcome = decide(given(network).state, TicketCommand(SpendPoints{ContractId{80}, {}, "visit"}),
                              Context{noon, administrator(), false, world.settings, world, Position{900}, 500});
  REQUIRE(outcome);
  REQUIRE(outcome->size() == 2);
  CHECK(text_of((*outcome)[0].event) == text_of(Event(TicketEvent(PointsSpent{ContractId{80}, 3, {"visit"}}))));
  CHECK((*outcome)[1].stream == stream_of(ContractId{80}));
  CHECK(std::get<PointsBooked>(std::get<ContractEvent>((*outcome)[1].event)).balance == 2);
  given(network).in(world).when(SpendPoints{ContractId{80}, 6, ""}).refused(RejectionCode::points_insufficient);
  world.settings.points.enabled = false;
  given(network).in(world).when(SpendPoints{ContractId{80}, 1, ""}).refused(RejectionCode::points_disabled);
}

TEST_CASE("points are for tickets of whom the contract names: an organisation, a person, or a person there") {
  World world;
  world.settings.points = {true, true, 1, {}};
  ContractState& contract = world.contracts[ContractId{80}];
  contract.version = {1};
  contract.active = true;
  contract.details.organisation = acme;
  const SpendPoints c{ContractId{80}, 1, ""};
  const auto spends = [&](const TicketOpened& ticket, By by = {}) {
    const auto context = Context{by.now, by.doer, by.imported, world.settings, world, Position{900}, 500};
    return decide(given(ticket).state, TicketCommand(c), context).has_value();
  };
  auto own = opened(), other = opened();
  own.party.organisation = acme;
  other.party.organisation = gone_organisation;
  CHECK(spends(own));
  given(other).in(world).when(c).refused("contract", FieldCode::not_one_of);
  given(opened()).in(world).when(c).refused("contract", FieldCode::not_one_of);
  CHECK(spends(other, By{administrator(), true, noon}));
  contract.details = {{}, paul, {}, {}};
  auto pauls = opened(), anothers = opened();
  pauls.party.contact = paul;
  anothers.party.contact = gone_contact;
  CHECK(spends(pauls));
  given(anothers).in(world).when(c).refused("contract", FieldCode::not_one_of);
  given(own).in(world).when(c).refused("contract", FieldCode::not_one_of);
  CHECK(spends(anothers, By{administrator(), true, noon}));
  contract.details = {{}, paul, acme, {}};
  given(own).in(world).when(c).refused("contract", FieldCode::not_one_of);
  given(pauls).in(world).when(c).refused("contract", FieldCode::not_one_of);
  pauls.party.organisation = acme;
  CHECK(spends(pauls));
}

TEST_CASE("a status leads only to those that the settings name") {
  World world;
  world.settings.statuses.statuses[0].next = {"open"};  // new
  auto ticket = given(opened()).in(world);
  ticket.when(ChangeStatus{"pending"}).refused(RejectionCode::transition_not_allowed);
  ticket.when(CloseTicket{}).refused(RejectionCode::transition_not_allowed);
  ticket.when(ChangeStatus{"open"}).then(StatusChanged{is_new, is_open_});
  CHECK(ticket.when(ChangeStatus{"pending"}, By{administrator(), true, noon}).decision());
}

TEST_CASE("reading and assigning move a ticket that nobody moved on yet") {
  World world;
  world.settings.statuses.on_read = "open";
  world.settings.statuses.on_assign = "pending";
  given(opened())
      .in(world)
      .when(MarkRead{}, by_agent(anne))
      .then(TicketRead{}, StatusChanged{is_new, is_open_, StatusCause::followed});
  given(opened(), TicketRead{}).in(world).when(MarkRead{}, by_agent(bob)).nothing();
  given(opened(), StatusChanged{is_new, is_open_})
      .in(world)
      .when(AssignTicket{anne})
      .then(TicketAssigned{{}, anne, AssignCause::assigned},
            StatusChanged{is_open_, is_pending, StatusCause::followed});
  given(opened(), StatusChanged{is_new, is_pending})
      .in(world)
      .when(AssignTicket{anne})
      .then(TicketAssigned{{}, anne, AssignCause::assigned});
}

TEST_CASE("deletion is a tombstone that can be lifted, where the settings allow it at all") {
  const StatusAt deleted{"deleted", Category::deleted};
  given(opened()).when(DeleteTicket{"spam"}).refused(RejectionCode::deletion_not_allowed);
  World world;
  world.settings.handling.deletion = Deletion::tombstone;
  given(opened()).in(world).when(DeleteTicket{""}).refused("reason", FieldCode::required);
  given(opened()).in(world).when(DeleteTicket{"spam"}).then(TicketDeleted{is_new, deleted, {"spam"}});
  auto gone = given(opened(), TicketDeleted{is_new, deleted, {"spam"}}).in(world);
  gone.when(DeleteTicket{"spam"}).nothing();
  gone.when(RenameTicket{"x"}).refused(RejectionCode::ticket_deleted);
  gone.when(CloseTicket{}).refused(RejectionCode::ticket_deleted);
  gone.when(RestoreTicket{"no spam"}).then(TicketRestored{deleted, is_new, {"no spam"}});
  given(opened()).in(world).when(RestoreTicket{}).nothing();
}

TEST_CASE("closed tickets are reclassified or edited where the settings say so") {
  World world;
  const auto ticket = [&] { return given(opened(), closed()).in(world); };
  world.settings.handling.closed_edit = ClosedEdit::reclassify;
  CHECK(ticket().when(ClassifyTicket{{}, "r", {}}).decision());
  CHECK(ticket().when(ChangePriority{"critical"}).decision());
  ticket().when(RenameTicket{"x"}).refused(RejectionCode::ticket_closed);
  world.settings.handling.closed_edit = ClosedEdit::all;
  CHECK(ticket().when(RenameTicket{"x"}).decision());
  world.settings.handling.closed_edit = ClosedEdit::none;
  ticket().when(ClassifyTicket{{}, "r", {}}).refused(RejectionCode::ticket_closed);
}

TEST_CASE("who may close: anybody, the team, or who has the ticket") {
  World world;
  auto in_support = opened();
  in_support.team = support;  // anne's
  auto ticket = given(in_support, TicketAssigned{{}, anne});
  const auto may = [&](AgentId agent) {
    return ticket.in(world).when(CloseTicket{}, by_agent(agent)).decision().has_value();
  };
  CHECK(may(bob));
  world.settings.handling.close_scope = CloseScope::team;
  CHECK(may(anne));
  CHECK_FALSE(may(bob));
  world.settings.handling.close_scope = CloseScope::assignee;
  CHECK(may(anne));
  ticket.when(ChangeStatus{"resolved"}, by_agent(bob)).refused(RejectionCode::forbidden);
  world.agents[bob].details.role = AgentRole::supervisor;
  CHECK(may(bob));
}

TEST_CASE("auditors change nothing") {
  World world;
  world.agents[bob].details.role = AgentRole::auditor;
  given(opened()).in(world).when(RenameTicket{"x"}, by_agent(bob)).refused(RejectionCode::forbidden);
  given().in(world).when(OpenTicket{}, by_agent(bob)).refused(RejectionCode::forbidden);
}
