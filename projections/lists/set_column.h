// A column in which a ticket has any number of values (agents in copy, types of context), most
// often none.
#pragma once

#include <absl/container/flat_hash_map.h>

#include <optional>
#include <span>
#include <vector>

#include "projections/lists/keyed_column.h"

namespace greffe {

class SetColumn {
 public:
  using Code = KeyedColumn::Code;

  SetColumn() = default;
  SetColumn(const SetColumn&) = delete;
  SetColumn& operator=(const SetColumn&) = delete;

  // The identities are ascending, each once. The slot must have no values yet.
  void insert(Slot slot, std::span<const Identity> identities);
  void erase(Slot slot);  // takes all its values; the slot must have been inserted
  void update(Slot slot, std::span<const Identity> identities);

  std::optional<Code> find(Identity identity) const;
  Identity identity(Code code) const { return values_[code].identity; }
  Code code_count() const { return values_used_; }  // all codes are below; some may be free
  const Posting& posting(Code code) const { return values_[code].posting; }
  std::span<const Code> codes(Slot slot) const { return sets_[set_of_[slot]]; }
  bool has_any(Slot slot, std::span<const Code> ascending) const;
  void prefetch(Slot slot) const { __builtin_prefetch(&set_of_[slot]); }
  std::size_t bytes() const;

 private:
  struct Value {
    Identity identity = 0;
    Posting posting;
  };
  // A slot's place in sets_, 0 for those without values: so those cost four bytes.
  using Handle = std::uint32_t;

  Code code_of(Identity identity);

  Paged<Handle> set_of_;
  std::vector<std::vector<Code>> sets_{{}};
  std::vector<Handle> free_sets_;
  Paged<Value, 64> values_;
  Code values_used_ = 0;
  std::vector<Code> free_;
  absl::flat_hash_map<Identity, Code> code_of_;
};

}  // namespace greffe
