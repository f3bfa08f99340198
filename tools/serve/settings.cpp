#include "tools/serve/settings.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdlib>

#include "tools/serve/profile.h"

namespace greffe {
namespace {

ServeSetting text(std::string name, std::string help, std::string ServeSettings::*member) {
  return {std::move(name), std::move(help),
          [member](ServeSettings& into, const std::string& value) {
            into.*member = value;
            return !value.empty();
          },
          "a text that is not empty"};
}

ServeSetting number(std::string name, std::string help, std::uint64_t ServeSettings::*member, std::uint64_t least,
                    std::uint64_t most) {
  return {std::move(name), std::move(help),
          [member, least, most](ServeSettings& into, const std::string& value) {
            std::uint64_t parsed = 0;
            const char* end = value.data() + value.size();
            const auto [stopped, error] = std::from_chars(value.data(), end, parsed);
            into.*member = parsed;
            return error == std::errc() && stopped == end && parsed >= least && parsed <= most;
          },
          fmt::format("a whole number from {} to {}", least, most)};
}

ServeSetting profile_name() {
  return {"profile", "Settings that a store is made with: " + profile_names(),
          [](ServeSettings& into, const std::string& value) {
            into.profile = value;
            return profile_known(value);
          },
          "one of " + profile_names()};
}

// "body-bytes-max" as "body_bytes_max" or, for the environment, "GREFFE_BODY_BYTES_MAX".
std::string file_key(std::string name) {
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

std::string environment_key(const std::string& name) {
  std::string key = "GREFFE_" + file_key(name);
  std::transform(key.begin(), key.end(), key.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return key;
}

}  // namespace

const std::vector<ServeSetting>& serve_settings() {
  using S = ServeSettings;
  static const std::vector<ServeSetting> settings = {
      text("data", "Directory of the store", &S::data),
      text("address", "Address to listen on", &S::address),
      number("port", "Port to listen on; 0 = any that is free", &S::port, 0, 65'535),
      number("workers", "Requests worked on at once", &S::workers, 1, 1'024),
      number("connections-max", "Connections held at once", &S::connections_max, 16, 1'000'000),
      number("body-bytes-max", "Longest request body", &S::body_bytes_max, 64 * 1024, 64 * 1024 * 1024),
      number("queue-max", "Commands that may wait; more get 503", &S::queue_max, 1, 1'000'000),
      number("cache-streams-max", "Tickets and contacts kept folded in memory", &S::cache_streams_max, 1'000,
             100'000'000),
      profile_name(),
      text("time-zone", "IANA zone of a store that is made now", &S::time_zone),
  };
  return settings;
}

SettingTexts settings_from_environment() {
  SettingTexts texts;
  for (const ServeSetting& setting : serve_settings()) {
    if (const char* value = std::getenv(environment_key(setting.name).c_str())) texts[setting.name] = value;
  }
  return texts;
}

Result<SettingTexts, std::string> settings_from_file(const std::string& path) try {
  SettingTexts texts;
  for (const auto& [key, value] : toml::parse_file(path)) {
    const auto known = std::find_if(serve_settings().begin(), serve_settings().end(),
                                    [&, name = key.str()](const ServeSetting& s) { return file_key(s.name) == name; });
    if (known == serve_settings().end()) return fail(fmt::format("{}: unknown key '{}'", path, key.str()));
    if (const auto* string = value.as_string()) texts[known->name] = string->get();
    else if (const auto* integer = value.as_integer()) texts[known->name] = std::to_string(integer->get());
    else return fail(fmt::format("{}: '{}' is neither a string nor a whole number", path, key.str()));
  }
  return texts;
} catch (const toml::parse_error& error) {
  return fail(fmt::format("{}: {}", path, error.description()));
}

Result<ServeSettings, std::string> merge_settings(const std::vector<SettingTexts>& sources) {
  ServeSettings settings;
  for (const ServeSetting& setting : serve_settings()) {
    for (const SettingTexts& source : sources) {
      const auto found = source.find(setting.name);
      if (found == source.end()) continue;
      if (!setting.set(settings, found->second)) {
        return fail(fmt::format("{} is '{}', but must be {}", setting.name, found->second, setting.accepts));
      }
      break;
    }
  }
  return settings;
}

}  // namespace greffe
