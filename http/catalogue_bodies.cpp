#include "http/catalogue_bodies.h"

#include "commands/catalogue/catalogue_limits.h"
#include "commands/catalogue/view_columns.h"
#include "http/entry_bodies.h"
#include "http/front/head.h"
#include "http/parameters.h"

namespace greffe {
namespace {

constexpr TextInput title_input{limits::display_name_bytes_max};
constexpr TextInput language_input{8};
constexpr TextInput text_input{limits::text_bytes_max};
constexpr TextInput edge_input{limits::template_edge_bytes_max};
constexpr TextInput key_input{limits::key_bytes_max};
constexpr TextInput url_input{limits::url_bytes_max};
constexpr TextInput external_id_input{limits::external_id_bytes_max};
constexpr TextInput reason_input{limits::reason_bytes_max};
const ListInput<TextInput> columns_input{key_input, view_columns.size()};

const ListInput<ObjectInput<Detail>>& summary_input() {
  static const ListInput<ObjectInput<Detail>> input{
      {{required("name", &Detail::name, TextInput{limits::summary_name_bytes_max}),
        required("text", &Detail::text, TextInput{limits::summary_text_bytes_max})}},
      limits::details_max};
  return input;
}

// The query string of a ticket list: what is wrong with it is named as the list would name it.
// Where a reader stands in a list is not part of a view of it.
struct ListQueryInput {
  using Value = std::string;
  std::optional<Value> read(const Json& json, const std::string& path, Faults& faults) const {
    auto query = TextInput{limits::list_query_bytes_max}.read(json, path, faults);
    if (!query) return std::nullopt;
    HttpRequest request;
    if (!front::parse_target("/v1/tickets?" + *query, request)) {
      faults.add(path, FieldCode::malformed);
      return std::nullopt;
    }
    Faults own;
    TicketListAsked asked;
    read_parameters(ticket_list_parameters(), request.parameters, asked, own);
    for (const auto* place : {"cursor", "min_position", "as_of"}) {
      if (request.parameter(place) && !own.names(place)) own.add(place, FieldCode::unknown_field);
    }
    if (own.empty()) return query;
    for (const auto& fault : own.take()) faults.add(joined(path, fault.field), fault.code);
    return std::nullopt;
  }
  Json schema() const {
    return {{"type", "string"},
            {"maxLength", limits::list_query_bytes_max},
            {"description", "The query of GET /v1/tickets: view=open&status=pending&sort=-priority."}};
  }
};

AggregateBodies canned_replies() {
  using D = CannedReplyDetails;
  using C = ChangeCannedReply;
  const Inputs<D> details = {required("title", &D::title, title_input),
                             required("language", &D::language, language_input), required("body", &D::body, text_input),
                             optional("visibility", &D::visibility, NameInput<Visibility>())};
  const Inputs<C> change = {optional("title", &C::title, title_input),
                            optional("language", &C::language, language_input), optional("body", &C::body, text_input),
                            optional("visibility", &C::visibility, NameInput<Visibility>())};
  return entry_bodies<CannedReplyCommand, CreateCannedReply>(StreamKind::canned_reply, "canned-replies",
                                                             "a canned reply", details, change);
}

AggregateBodies templates() {
  using D = TextTemplateDetails;
  using C = ChangeTextTemplate;
  const Inputs<D> details = {required("title", &D::title, title_input),
                             required("purpose", &D::purpose, NameInput<TemplatePurpose>()),
                             required("language", &D::language, language_input),
                             optional("event", &D::event, key_input),
                             optional("header", &D::header, edge_input),
                             required("body", &D::body, text_input),
                             optional("footer", &D::footer, edge_input)};
  const Inputs<C> change = {
      optional("title", &C::title, title_input), optional("language", &C::language, language_input),
      optional("event", &C::event, key_input),   optional("header", &C::header, edge_input),
      optional("body", &C::body, text_input),    optional("footer", &C::footer, edge_input)};
  return entry_bodies<TextTemplateCommand, CreateTextTemplate>(StreamKind::text_template, "templates", "a template",
                                                               details, change);
}

AggregateBodies contexts() {
  using D = ContextDetails;
  using C = ChangeContext;
  const Inputs<D> details = {required("type", &D::type, key_input), required("label", &D::label, title_input),
                             optional("url", &D::url, url_input), optional("summary", &D::summary, summary_input()),
                             optional("external_id", &D::external_id, external_id_input)};
  const Inputs<C> change = {optional("label", &C::label, title_input), optional("url", &C::url, url_input),
                            optional("summary", &C::summary, summary_input())};
  return entry_bodies<ContextCommand, CreateContext>(StreamKind::context, "contexts", "a context", details, change);
}

AggregateBodies views() {
  using D = SavedViewDetails;
  using C = ChangeSavedView;
  const Inputs<D> details = {
      required("title", &D::title, title_input), nullable("owner", &D::owner, IdInput<AgentId>()),
      required("query", &D::query, ListQueryInput()), optional("columns", &D::columns, columns_input)};
  const Inputs<C> change = {optional("title", &C::title, title_input), optional("query", &C::query, ListQueryInput()),
                            optional("columns", &C::columns, columns_input)};
  return entry_bodies<SavedViewCommand, CreateSavedView>(StreamKind::saved_view, "views", "a saved view", details,
                                                         change);
}

AggregateBodies contracts() {
  using D = ContractDetails;
  const Inputs<D> details = {required("title", &D::title, title_input),
                             nullable("contact", &D::contact, IdInput<ContactId>()),
                             nullable("organisation", &D::organisation, IdInput<OrganisationId>()),
                             optional("external_id", &D::external_id, external_id_input)};
  const Inputs<ChangeContract> change = {optional("title", &ChangeContract::title, title_input)};
  auto bodies =
      entry_bodies<ContractCommand, CreateContract>(StreamKind::contract, "contracts", "a contract", details, change);
  bodies.changes.push_back(command_body<ContractCommand, CreditPoints>(
      "credit", "Book points to a contract's credit; what it owes is paid first.",
      {required("points", &CreditPoints::points, NumberInput{1, limits::points_credit_max}),
       optional("reason", &CreditPoints::reason, reason_input)}));
  return bodies;
}

}  // namespace

std::span<const AggregateBodies> catalogue_bodies() {
  static const std::vector<AggregateBodies> bodies = {canned_replies(), templates(), contexts(), views(), contracts()};
  return bodies;
}

}  // namespace greffe
