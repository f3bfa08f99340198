// Events of what a desk keeps ready: canned replies, templates, entries that tickets can be
// about, saved views and points contracts. They live as directory entries do.
#pragma once

#include "events/directory.h"
#include "events/ticket_values.h"

namespace greffe {

enum class TemplatePurpose : std::uint8_t { document, notification };
constexpr std::array<std::string_view, 2> names_of(TemplatePurpose) { return {"document", "notification"}; }

enum class PointsMove : std::uint8_t { credit, debit };
constexpr std::array<std::string_view, 2> names_of(PointsMove) { return {"credit", "debit"}; }

struct CannedReplyDetails {
  std::string title;
  std::string language;
  std::string body;  // with {{variables}}
  Visibility visibility = Visibility::everyone;
  static constexpr auto fields =
      std::make_tuple(field("title", &CannedReplyDetails::title), field("language", &CannedReplyDetails::language),
                      field("body", &CannedReplyDetails::body), field("visibility", &CannedReplyDetails::visibility));
  bool operator==(const CannedReplyDetails& o) const { return same_fields(*this, o); }
};

// HTML with {{variables}}; see commands/texts/template.h.
struct TextTemplateDetails {
  std::string title;
  TemplatePurpose purpose = TemplatePurpose::document;
  std::string language;
  std::string event;  // of a notification: a NotifyEvent's name, empty = any
  std::string header;
  std::string body;
  std::string footer;
  static constexpr auto fields =
      std::make_tuple(field("title", &TextTemplateDetails::title), field("purpose", &TextTemplateDetails::purpose),
                      field("language", &TextTemplateDetails::language), field("event", &TextTemplateDetails::event),
                      field("header", &TextTemplateDetails::header), field("body", &TextTemplateDetails::body),
                      field("footer", &TextTemplateDetails::footer));
  bool operator==(const TextTemplateDetails& o) const { return same_fields(*this, o); }
};

// A vehicle, booking, invoice … that tickets can be about.
struct ContextDetails {
  std::string type;  // key of a context type
  Personal label;    // what people look it up by
  std::string url;
  std::vector<Detail> summary;
  std::string external_id;
  static constexpr auto fields = std::make_tuple(
      field("type", &ContextDetails::type), field("label", &ContextDetails::label), field("url", &ContextDetails::url),
      field("summary", &ContextDetails::summary), field("external_id", &ContextDetails::external_id));
  bool operator==(const ContextDetails& o) const { return same_fields(*this, o); }
};

// `query` is a list's query string: "view=open&status=pending&sort=-priority".
struct SavedViewDetails {
  std::string title;
  std::optional<AgentId> owner;  // absent = everybody's
  std::string query;
  std::vector<std::string> columns;
  static constexpr auto fields =
      std::make_tuple(field("title", &SavedViewDetails::title), field("owner", &SavedViewDetails::owner),
                      field("query", &SavedViewDetails::query), field("columns", &SavedViewDetails::columns));
  bool operator==(const SavedViewDetails& o) const { return same_fields(*this, o); }
};

struct ContractDetails {
  std::string title;
  std::optional<ContactId> contact;
  std::optional<OrganisationId> organisation;
  std::string external_id;
  static constexpr auto fields = std::make_tuple(
      field("title", &ContractDetails::title), field("contact", &ContractDetails::contact),
      field("organisation", &ContractDetails::organisation), field("external_id", &ContractDetails::external_id));
  bool operator==(const ContractDetails& o) const { return same_fields(*this, o); }
};

struct PointsBooked {
  PointsMove move = PointsMove::credit;
  std::uint32_t points = 0;
  std::uint64_t balance = 0;  // after this
  std::uint64_t debt = 0;     // owed, where overdraft is allowed
  std::optional<TicketId> ticket;
  Personal reason;
  static constexpr EventName name{120, "PointsBooked"};
  static constexpr auto fields =
      std::make_tuple(field("move", &PointsBooked::move), field("points", &PointsBooked::points),
                      field("balance", &PointsBooked::balance), field("debt", &PointsBooked::debt),
                      field("ticket", &PointsBooked::ticket), field("reason", &PointsBooked::reason));
};

namespace event_names {
inline constexpr char canned_reply_created[] = "CannedReplyCreated", canned_reply_changed[] = "CannedReplyChanged",
                      canned_reply_deactivated[] = "CannedReplyDeactivated",
                      canned_reply_reactivated[] = "CannedReplyReactivated",
                      text_template_created[] = "TextTemplateCreated", text_template_changed[] = "TextTemplateChanged",
                      text_template_deactivated[] = "TextTemplateDeactivated",
                      text_template_reactivated[] = "TextTemplateReactivated", context_created[] = "ContextCreated",
                      context_changed[] = "ContextChanged", context_deactivated[] = "ContextDeactivated",
                      context_reactivated[] = "ContextReactivated", saved_view_created[] = "SavedViewCreated",
                      saved_view_changed[] = "SavedViewChanged", saved_view_deactivated[] = "SavedViewDeactivated",
                      saved_view_reactivated[] = "SavedViewReactivated", contract_created[] = "ContractCreated",
                      contract_changed[] = "ContractChanged", contract_deactivated[] = "ContractDeactivated",
                      contract_reactivated[] = "ContractReactivated";
}  // namespace event_names

using CannedReplyCreated = EntrySet<CannedReplyDetails, 100, event_names::canned_reply_created>;
using CannedReplyChanged = EntrySet<CannedReplyDetails, 101, event_names::canned_reply_changed>;
using CannedReplyDeactivated = EntrySwitched<102, event_names::canned_reply_deactivated>;
using CannedReplyReactivated = EntrySwitched<103, event_names::canned_reply_reactivated>;
using TextTemplateCreated = EntrySet<TextTemplateDetails, 104, event_names::text_template_created>;
using TextTemplateChanged = EntrySet<TextTemplateDetails, 105, event_names::text_template_changed>;
using TextTemplateDeactivated = EntrySwitched<106, event_names::text_template_deactivated>;
using TextTemplateReactivated = EntrySwitched<107, event_names::text_template_reactivated>;
using ContextCreated = EntrySet<ContextDetails, 108, event_names::context_created>;
using ContextChanged = EntrySet<ContextDetails, 109, event_names::context_changed>;
using ContextDeactivated = EntrySwitched<110, event_names::context_deactivated>;
using ContextReactivated = EntrySwitched<111, event_names::context_reactivated>;
using SavedViewCreated = EntrySet<SavedViewDetails, 112, event_names::saved_view_created>;
using SavedViewChanged = EntrySet<SavedViewDetails, 113, event_names::saved_view_changed>;
using SavedViewDeactivated = EntrySwitched<114, event_names::saved_view_deactivated>;
using SavedViewReactivated = EntrySwitched<115, event_names::saved_view_reactivated>;
using ContractCreated = EntrySet<ContractDetails, 116, event_names::contract_created>;
using ContractChanged = EntrySet<ContractDetails, 117, event_names::contract_changed>;
using ContractDeactivated = EntrySwitched<118, event_names::contract_deactivated>;
using ContractReactivated = EntrySwitched<119, event_names::contract_reactivated>;

using CannedReplyEvent =
    std::variant<CannedReplyCreated, CannedReplyChanged, CannedReplyDeactivated, CannedReplyReactivated>;
using TextTemplateEvent =
    std::variant<TextTemplateCreated, TextTemplateChanged, TextTemplateDeactivated, TextTemplateReactivated>;
using ContextEvent = std::variant<ContextCreated, ContextChanged, ContextDeactivated, ContextReactivated>;
using SavedViewEvent = std::variant<SavedViewCreated, SavedViewChanged, SavedViewDeactivated, SavedViewReactivated>;
using ContractEvent =
    std::variant<ContractCreated, ContractChanged, ContractDeactivated, ContractReactivated, PointsBooked>;

}  // namespace greffe
