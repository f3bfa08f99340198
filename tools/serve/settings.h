// The infrastructure settings of `greffe serve`: from flags, then the environment
// (GREFFE_PORT), then a TOML file (port = 8080), then the defaults; the first that names a
// setting wins. Product settings are events and live in the store.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "events/result.h"

namespace greffe {

struct ServeSettings {
  std::string data = "./data";
  std::string address = "127.0.0.1";
  std::uint64_t port = 8080;
  std::uint64_t workers = 96;
  std::uint64_t connections_max = 20'000;
  std::uint64_t body_bytes_max = 1024 * 1024;
  std::uint64_t queue_max = 4'096;
  std::uint64_t cache_streams_max = 200'000;
  std::string profile = "default";
  std::string time_zone = "Europe/Paris";
};

// One setting: its name as a flag ("body-bytes-max"), what it is, how it is read.
struct ServeSetting {
  std::string name;
  std::string help;
  // False if the text is not an acceptable value.
  std::function<bool(ServeSettings&, const std::string&)> set;
  std::string accepts;  // for the message when it is not
};

const std::vector<ServeSetting>& serve_settings();

// By setting name. Absent names fall through to the next source.
using SettingTexts = std::map<std::string, std::string>;

SettingTexts settings_from_environment();

// The error names the file and what is wrong: not TOML, an unknown key, a value of no use.
Result<SettingTexts, std::string> settings_from_file(const std::string& path);

// `sources` from the strongest to the weakest. The error names the setting and what it accepts.
Result<ServeSettings, std::string> merge_settings(const std::vector<SettingTexts>& sources);

}  // namespace greffe
