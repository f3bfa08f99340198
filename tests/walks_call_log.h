// The desk of the fourth help page, under the profile "call-log".
#pragma once

#include "tests/walks_desk.h"

namespace greffe::walks {

struct House : Desk {
  House() : Desk("call-log") {
    alma = agent("Alma");
    boris = agent("Boris");
    supplier = create("organisations", {{"display_name", "Papier & Co"}, {"kind", "supplier"}});
    caller = contact({{"display_name", "Claire Petit"}, {"organisation", supplier}});
  }

  Json internal() const { return {{"title", "Order toner"}, {"kind", "internal"}, {"assignee", id(boris)}}; }
  Json external() const {
    return {{"title", "Invoice twice"},     {"kind", "external"}, {"assignee", id(boris)},
            {"contact", id(caller)},        {"origin", "call"},   {"category", {"accounting"}},
            {"description", "Paid in May"}, {"priority", "high"}};
  }

  std::string alma, boris, supplier, caller;
};

}  // namespace greffe::walks
