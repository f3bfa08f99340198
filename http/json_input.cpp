#include "http/json_input.h"

#include <vector>

namespace greffe {
namespace {

// Builds the tree from the parser's calls; returning false from one ends the parse.
class TreeBuilder final : public nlohmann::json_sax<Json> {
 public:
  bool null() override { return add(nullptr); }
  bool boolean(bool value) override { return add(value); }
  bool number_integer(number_integer_t value) override { return add(value); }
  bool number_unsigned(number_unsigned_t value) override { return add(value); }
  bool number_float(number_float_t value, const string_t&) override { return add(value); }
  bool string(string_t& value) override { return add(std::move(value)); }
  bool binary(binary_t&) override { return refuse("binary values are not JSON"); }

  bool start_object(std::size_t) override { return start(Json::object()); }
  bool start_array(std::size_t) override { return start(Json::array()); }
  bool end_object() override { return end(); }
  bool end_array() override { return end(); }

  bool key(string_t& name) override {
    // The objects keep their names in order of arrival, so that looking one up walks them.
    if (open_.back()->size() == json_names_max) return refuse("too many names in one object");
    if (open_.back()->contains(name)) return refuse("a name occurs twice in one object");
    key_ = std::move(name);
    return true;
  }

  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& error) override {
    // 406: a number beyond a double's range. The library's own text would quote the input.
    const auto what = error.id == 406 ? "number out of range at byte " : "not JSON in UTF-8 at byte ";
    return refuse(what + std::to_string(position));
  }

  Json tree;
  std::string refusal;

 private:
  bool refuse(std::string why) {
    refusal = std::move(why);
    return false;
  }

  Json* place(Json value) {
    if (open_.empty()) return &(tree = std::move(value));
    Json& parent = *open_.back();
    if (parent.is_array()) return &parent.get_ref<Json::array_t&>().emplace_back(std::move(value));
    return &(parent[key_] = std::move(value));
  }

  bool add(Json value) {
    place(std::move(value));
    return true;
  }

  bool start(Json empty) {
    if (open_.size() == json_depth_max) return refuse("nested deeper than " + std::to_string(json_depth_max));
    open_.push_back(place(std::move(empty)));
    return true;
  }

  bool end() {
    open_.pop_back();
    return true;
  }

  // From the root to the value being filled. Only the last one grows, so the others stay put.
  std::vector<Json*> open_;
  std::string key_;
};

}  // namespace

Result<Json, JsonRefusal> parse_json(std::string_view text) {
  // The library takes a NUL for the end of its input and would not look behind it.
  if (const auto nul = text.find('\0'); nul != std::string_view::npos) {
    return fail(JsonRefusal{"The body is refused: a NUL at byte " + std::to_string(nul + 1) + "."});
  }
  TreeBuilder builder;
  if (Json::sax_parse(text, &builder)) return std::move(builder.tree);
  return fail(JsonRefusal{"The body is refused: " + builder.refusal + "."});
}

}  // namespace greffe
