#include "http/input.h"

#include <algorithm>
#include <charconv>

namespace greffe {
namespace {

// An unknown name is the caller's own text; its beginning is enough to find it.
constexpr std::size_t path_bytes_max = 200;

std::optional<std::int64_t> read_integer(const Json& json, std::int64_t min, std::int64_t max, const std::string& path,
                                         Faults& faults) {
  // Integers beyond 64 bits reach us as floating point; they are numbers, only too large.
  const bool huge = json.is_number_float() && (json.get<double>() >= 0x1p63 || json.get<double>() <= -0x1p63);
  if (!json.is_number_integer() && !huge) {
    faults.add(path, FieldCode::wrong_type);
    return std::nullopt;
  }
  const bool beyond = huge || (json.is_number_unsigned() && json.get<std::uint64_t>() > INT64_MAX);
  if (!beyond && json.get<std::int64_t>() >= min && json.get<std::int64_t>() <= max) return json.get<std::int64_t>();
  faults.add(path, FieldCode::out_of_range);
  return std::nullopt;
}

}  // namespace

void Faults::add(std::string_view path, FieldCode code) {
  if (faults_.size() < faults_max) faults_.push_back({std::string(path.substr(0, path_bytes_max)), code});
}

bool Faults::names(std::string_view path) const {
  return std::any_of(faults_.begin(), faults_.end(), [&](const FieldFault& fault) { return fault.field == path; });
}

std::string joined(const std::string& path, std::string_view name) {
  return path.empty() ? std::string(name) : path + "." + std::string(name);
}

std::string indexed(const std::string& path, std::size_t index) { return path + "[" + std::to_string(index) + "]"; }

std::optional<std::uint64_t> parse_id(std::string_view text) {
  if (text.empty() || text.front() == '0') return std::nullopt;
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::string> TextInput::read(const Json& json, const std::string& path, Faults& faults) const {
  if (!json.is_string()) {
    faults.add(path, FieldCode::wrong_type);
    return std::nullopt;
  }
  const auto& text = json.get_ref<const std::string&>();
  if (text.size() <= bytes_max) return text;
  faults.add(path, FieldCode::too_long);
  return std::nullopt;
}

Json TextInput::schema() const {
  return {{"type", "string"},
          {"maxLength", bytes_max},
          {"description", "At most " + std::to_string(bytes_max) + " bytes of UTF-8."}};
}

std::optional<bool> BooleanInput::read(const Json& json, const std::string& path, Faults& faults) const {
  if (json.is_boolean()) return json.get<bool>();
  faults.add(path, FieldCode::wrong_type);
  return std::nullopt;
}

std::optional<std::uint32_t> NumberInput::read(const Json& json, const std::string& path, Faults& faults) const {
  const auto value = read_integer(json, min, max, path, faults);
  return value ? std::optional(static_cast<std::uint32_t>(*value)) : std::nullopt;
}

std::optional<Instant> InstantInput::read(const Json& json, const std::string& path, Faults& faults) const {
  const auto instant = json.is_string() ? parse_rfc3339(json.get_ref<const std::string&>()) : std::nullopt;
  if (!instant) faults.add(path, json.is_string() ? FieldCode::malformed : FieldCode::wrong_type);
  return instant;
}

std::optional<Milliseconds> DurationInput::read(const Json& json, const std::string& path, Faults& faults) const {
  const auto value = read_integer(json, 0, ms_max, path, faults);
  return value ? std::optional(Milliseconds(*value)) : std::nullopt;
}

Json DurationInput::schema() const { return {{"type", "integer"}, {"minimum", 0}, {"maximum", ms_max}}; }

std::optional<std::uint64_t> read_id(const Json& json, const std::string& path, Faults& faults) {
  if (!json.is_string()) {
    faults.add(path, FieldCode::wrong_type);
    return std::nullopt;
  }
  const auto id = parse_id(json.get_ref<const std::string&>());
  if (!id) faults.add(path, FieldCode::malformed);
  return id;
}

Json id_schema() { return {{"type", "string"}, {"pattern", "^[1-9][0-9]{0,19}$"}}; }

void check_object(const Json& json, const std::string& path, Faults& faults,
                  const std::function<bool(const std::string& name, const Json& value)>& take,
                  const std::vector<std::string_view>& required_names) {
  if (!json.is_object()) return faults.add(path, FieldCode::wrong_type);
  for (const auto& [name, value] : json.items()) {
    if (!take(name, value)) faults.add(joined(path, name), FieldCode::unknown_field);
  }
  for (const auto name : required_names) {
    if (!json.contains(std::string(name))) faults.add(joined(path, name), FieldCode::required);
  }
}

Json object_schema(const std::vector<std::tuple<std::string, bool, Json>>& fields) {
  Json properties = Json::object();
  Json required_names = Json::array();
  for (const auto& [name, is_required, schema] : fields) {
    properties[name] = schema;
    if (is_required) required_names.push_back(name);
  }
  Json schema = {{"type", "object"}, {"properties", properties}, {"additionalProperties", false}};
  if (!required_names.empty()) schema["required"] = required_names;
  return schema;
}

}  // namespace greffe
