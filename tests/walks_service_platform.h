// The desk of the first help page, under the profile "service-platform".
#pragma once

#include "tests/walks_desk.h"

namespace greffe::walks {

struct Platform : Desk {
  Platform() : Desk("service-platform") {
    const Json direct_line = {{"kind", "phone"}, {"label", "direct"}, {"value", "+33 1 00 00 00 01"}};
    nora = "agent/" + create("agents", {{"display_name", "Nora"},
                                        {"email", "nora@example.com"},
                                        {"assignable", true},
                                        {"contact_points", {direct_line}}});
    oscar = agent("Oscar");
    support = create("teams", {{"display_name", "Support"}, {"members", {id(nora), id(oscar)}}});
    company = create("organisations", {{"display_name", "Menuiserie Blanc"}});
    client = contact({{"display_name", "Alice Blanc"}, {"organisation", company}, {"phone", "+33 1 00 00 00 02"}});
  }

  Json request() const {
    return {{"title", "The invoice is wrong"},
            {"description", "The total counts the delivery twice."},
            {"contact", id(client)},
            {"category", {"billing", "invoice_question"}}};
  }

  std::string nora, oscar, support, company, client;
};

}  // namespace greffe::walks
