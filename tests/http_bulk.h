// Batches over HTTP: one command for many tickets, and taking it back.
#pragma once

#include <string>
#include <vector>

#include "tests/http_fixture.h"

namespace greffe::test {

inline Reply bulk(const Server& server, const std::vector<std::string>& tickets, const std::string& command,
                  const Json& body = Json::object(), Headers headers = {}) {
  return server.post("/v1/tickets/bulk", {{"tickets", Json(tickets)}, {"command", command}, {"body", body}},
                     std::move(headers));
}

inline Reply undo(const Server& server, const Reply& batch, Headers headers = {}) {
  return server.post("/v1/batches/" + batch.body["batch_id"].get<std::string>() + "/undo", Json::object(),
                     std::move(headers));
}

// Of the batch's steps, in their order.
inline std::vector<int> statuses(const Reply& batch) {
  std::vector<int> all;
  for (const auto& result : batch.body["results"]) all.push_back(result["status"]);
  return all;
}

inline std::vector<std::string> opened(const Server& server, int count) {
  std::vector<std::string> tickets;
  for (int i = 0; i < count; ++i) tickets.push_back(server.open_ticket());
  return tickets;
}

}  // namespace greffe::test
