// What can be asked of catalogue entries: create, change, deactivate, reactivate, and to
// credit a contract. A change names only the fields that shall differ.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "commands/directory/commands.h"
#include "events/catalogue.h"

namespace greffe {

struct CreateCannedReply {
  CannedReplyDetails details;
};
struct ChangeCannedReply {
  std::optional<std::string> title, language, body;
  std::optional<Visibility> visibility;
};
struct CreateTextTemplate {
  TextTemplateDetails details;
};
struct ChangeTextTemplate {
  std::optional<std::string> title, language, event, header, body, footer;
};
struct CreateContext {
  ContextDetails details;
};
struct ChangeContext {
  std::optional<std::string> label, url;
  std::optional<std::vector<Detail>> summary;
  bool reactivate = false;  // of an import: what a file tells of is in use
};
struct CreateSavedView {
  SavedViewDetails details;
};
struct ChangeSavedView {
  std::optional<std::string> title, query;
  std::optional<std::vector<std::string>> columns;
};
struct CreateContract {
  ContractDetails details;
};
struct ChangeContract {
  std::optional<std::string> title;
};
struct CreditPoints {
  std::uint32_t points = 0;
  std::string reason;
};

using CannedReplyCommand = std::variant<CreateCannedReply, ChangeCannedReply, Deactivate, Reactivate>;
using TextTemplateCommand = std::variant<CreateTextTemplate, ChangeTextTemplate, Deactivate, Reactivate>;
using ContextCommand = std::variant<CreateContext, ChangeContext, Deactivate, Reactivate>;
using SavedViewCommand = std::variant<CreateSavedView, ChangeSavedView, Deactivate, Reactivate>;
using ContractCommand = std::variant<CreateContract, ChangeContract, CreditPoints, Deactivate, Reactivate>;

}  // namespace greffe
