// Kinds of input and tables that several ticket commands share.
#pragma once

#include <cstdint>

#include "commands/limits.h"
#include "commands/ticket/commands.h"
#include "http/input.h"

namespace greffe::ticket_inputs {

inline constexpr std::size_t number_bytes_max = 64;
inline constexpr std::size_t answers_max = 100;

inline constexpr TextInput key{limits::key_bytes_max};
inline constexpr TextInput title{limits::title_bytes_max};
inline constexpr TextInput text{limits::text_bytes_max};
inline constexpr TextInput reason{limits::reason_bytes_max};
inline constexpr TextInput email{limits::email_bytes_max};
inline constexpr TextInput ticket_number{number_bytes_max};
inline constexpr TextInput address{limits::url_bytes_max};
// A thing's number within its ticket: message, to-do, document, link …
inline constexpr NumberInput ordinal{1};
inline const ListInput<TextInput> category{key, limits::category_depth_max};

// {"agent":"5"}, {"contact":"7"} or {"email":"a@b.c"}: exactly one of them.
struct AddresseeInput {
  using Value = Addressee;
  std::optional<Value> read(const Json& json, const std::string& path, Faults& faults) const;
  Json schema() const;
};

// {"vehicle":"AB-123-CD"}: each question's key with its answer.
struct AnswersInput {
  using Value = std::vector<Answer>;
  std::optional<Value> read(const Json& json, const std::string& path, Faults& faults) const;
  Json schema() const;
};

// SHA-256 as 64 small hexadecimal digits.
struct DigestInput {
  using Value = std::string;
  std::optional<Value> read(const Json& json, const std::string& path, Faults& faults) const;
  Json schema() const { return {{"type", "string"}, {"pattern", "^[0-9a-f]{64}$"}}; }
};

Inputs<Party> party();
Inputs<Particulars> particulars();
Inputs<WantedContext> context();
// Of `open` and `open-sub-ticket`.
Inputs<OpenTicket> opening();

}  // namespace greffe::ticket_inputs
