// The desk of the third help page, under the profile "erp-module".
#pragma once

#include "tests/walks_desk.h"

namespace greffe::walks {

struct Erp : Desk {
  Erp() : Desk("erp-module") {
    lena = agent("Lena");
    max = agent("Max");
    firm = create("organisations", {{"display_name", "Garage Weber"}});
    client = contact({{"display_name", "Paul Weber"}, {"organisation", firm}});
  }

  Json call() const {
    return {{"title", "The lift is stuck"},   {"description", "Between two floors since nine."},
            {"contact", id(client)},          {"origin", "call"},
            {"request_type", "intervention"}, {"group", "hardware"}};
  }
  // What was last decided about telling that audience; null if nothing was.
  Json notice(const std::string& number, const std::string& event, const std::string& audience) const {
    Json last;
    for (const auto& decided : decisions(number)) {
      if (decided["event"] != event) continue;
      for (const auto& told : decided["notices"]) {
        if (told["audience"] == audience) last = told;
      }
    }
    return last;
  }
  std::string status(const std::string& number) const { return ticket(number)["status"]["label"]; }

  std::string lena, max, firm, client;
};

}  // namespace greffe::walks
