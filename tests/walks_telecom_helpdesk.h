// The desk of the fifth help page, under the profile "telecom-helpdesk".
#pragma once

#include "tests/walks_desk.h"

namespace greffe::walks {

struct Operator : Desk {
  Operator() : Desk("telecom-helpdesk") {
    nora = agent("Nora");
    company = create("organisations", {{"display_name", "Boulangerie Roy"}});
    client = contact({{"display_name", "Lucie Roy"},
                      {"organisation", company},
                      {"email", "lucie@roy.example"},
                      {"phone", "+33 3 00 00 00 00"}});
  }
  Json request() const { return {{"title", "No dial tone"}, {"contact", id(client)}, {"category", {"telephony"}}}; }
  // Opened, captured and answered as far as the step.
  std::string at(const std::string& step) const {
    const auto number = open_ticket(request());
    if (step == "opened") return number;
    change(number, "claim", Json::object(), acting_as(nora));
    for (const char* next : {"handling", "reported", "answered"}) {
      if (ticket(number)["status"]["key"] != next) change(number, "change-status", {{"status", next}}, acting_as(nora));
      if (step == next) return number;
    }
    return number;
  }
  // Who stands in the dropdown for assignment.
  Texts support_team() const {
    Texts all;
    const auto agents = get_now("/v1/agents?assignable=true").body["items"];
    for (const auto& row : agents) all.push_back(row["display_name"]);
    return all;
  }

  std::string nora, company, client;
};

}  // namespace greffe::walks
