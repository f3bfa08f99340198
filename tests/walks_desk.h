// A server under one of the profiles, with shorthands for walking through a help page: each test
// of tests/walks_*_test.cpp is named by one of its sentences.
#pragma once

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/http_fixture.h"
#include "tools/serve/profile.h"

namespace greffe::walks {

using test::acting_as;
using test::Headers;
using test::Reply;
using Texts = std::vector<std::string>;

inline bool holds(const Texts& texts, const std::string& text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

// What people read of a list of settings, in French, in its order.
inline Texts labels_of(const Json& list) {
  Texts all;
  for (const auto& entry : list) {
    for (const auto& label : entry["labels"]) {
      if (label["language"] == "fr") all.push_back(label["text"]);
    }
  }
  return all;
}

inline Json labelled(const std::string& text) {
  return {{{"language", "fr"}, {"text", text}}, {{"language", "en"}, {"text", text}}};
}

class Desk : public test::Server {
 public:
  explicit Desk(const std::string& profile)
      : Server([&](Writer& into, const Log& empty) {
          const auto laid = lay_down_profile(into, empty, profile, "Europe/Paris");
          if (!laid) throw std::runtime_error(laid.error());
        }) {}

  // People. Each is who a request can act for.
  std::string agent(const std::string& name, bool assignable = true) const {
    return "agent/" + create_agent(name, assignable);
  }
  std::string contact(Json body) const {
    if (!body.contains("email")) {
      auto name = body["display_name"].get<std::string>();
      std::replace(name.begin(), name.end(), ' ', '.');
      body["email"] = name + "@example.org";
    }
    return "contact/" + create("contacts", body);
  }
  static std::string id(const std::string& person) { return person.substr(person.find('/') + 1); }
  Json setting(const std::string& area) const { return get("/v1/settings/" + area).body; }

  // A ticket that somebody opens; its number.
  std::string open(const Json& body, const std::string& as) const {
    const auto opened = post("/v1/tickets", body, acting_as(as));
    if (opened.status != 201) throw std::runtime_error("not opened: " + opened.text);
    return opened.body["number"];
  }
  // The answer to a command that may be refused.
  Reply attempt(const std::string& number, const std::string& command, const Json& body = Json::object(),
                const std::string& as = {}) const {
    return post("/v1/tickets/" + number + "/" + command, body, as.empty() ? Headers() : acting_as(as));
  }

  // The ticket as somebody sees it now; the administrator without a name.
  Json ticket(const std::string& number, const std::string& as = {}) const {
    const auto read = get_now("/v1/tickets/" + number, as.empty() ? Headers() : acting_as(as));
    if (read.status != 200) throw std::runtime_error("not read: " + read.text);
    return read.body;
  }
  // Numbers of a list's first page.
  Texts numbers(const std::string& query, const std::string& as = {}) const {
    return numbers_at("/v1/tickets?" + query, as);
  }
  // The same of any list of tickets: a card's, a search's.
  Texts numbers_at(const std::string& target, const std::string& as = {}) const {
    const auto list = get_now(target, as.empty() ? Headers() : acting_as(as));
    if (list.status != 200) throw std::runtime_error("not listed: " + list.text);
    Texts all;
    for (const auto& row : list.body["items"]) all.push_back(row["number"]);
    return all;
  }
  // What the timeline's entries of that type say, oldest first.
  Json entries(const std::string& number, const std::string& type, const std::string& as = {}) const {
    const auto read = get_now("/v1/tickets/" + number + "/timeline?limit=200", as.empty() ? Headers() : acting_as(as));
    if (read.status != 200) throw std::runtime_error("no timeline: " + read.text);
    Json all = Json::array();
    for (const auto& entry : read.body["items"]) {
      if (entry["type"] == type) all.push_back(entry["data"]);
    }
    return all;
  }
  // What was decided about telling people, the newest last: "closed client sent".
  Texts notices(const std::string& number) const {
    Texts all;
    for (const auto& decided : decisions(number)) {
      for (const auto& notice : decided["notices"]) {
        all.push_back(decided["event"].get<std::string>() + " " + notice["audience"].get<std::string>() +
                      (notice["sent"].get<bool>() ? " sent" : " not sent"));
      }
    }
    return all;
  }
  // The decisions themselves, the newest last.
  Json decisions(const std::string& number) const {
    const auto read = get_now("/v1/tickets/" + number + "/notices?limit=200");
    if (read.status != 200) throw std::runtime_error("no notices: " + read.text);
    Json all = Json::array();
    for (const auto& entry : read.body["items"]) all.push_back(entry["data"]);
    return all;
  }
  bool offers(const std::string& number, const std::string& action, const std::string& as) const {
    const Json offered = ticket(number, as)["allowed_actions"];
    return std::find(offered.begin(), offered.end(), action) != offered.end();
  }
};

}  // namespace greffe::walks
