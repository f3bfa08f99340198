// Routes as tables: a row says which requests it answers, how, and what the OpenAPI document
// says of it. Each routes_<subject>.cpp makes the rows of its subject; http/api.cpp joins them.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "commands/writer.h"
#include "events/time.h"
#include "http/access.h"
#include "http/command_bodies.h"
#include "http/front/front.h"
#include "http/health.h"
#include "http/page_cache.h"
#include "http/parameters.h"
#include "http/problem.h"
#include "projections/views.h"
#include "storage/log.h"

namespace greffe {

class BlobStore;
class Metrics;
class SearchIndex;

// The engine as handlers see it. All parts outlive the routes.
struct Services {
  Writer& writer;
  const Views& views;
  const Log& log;
  const Clock& clock;
  PageCache& pages;
  Health& health;
  Metrics& metrics;
  const SearchIndex* search;  // null = this server does not search
  BlobStore* blobs;           // of documents; null = this server keeps none
  // Of the import (tools); empty = this server has none.
  std::function<void(const HttpRequest&, const Principal&, HttpResponse&)> import;
  std::function<FrontStats()> front_stats;  // may be empty
};

// One request on its way through a handler.
struct Call {
  const HttpRequest& request;
  const Services& services;
  Principal principal;              // meaningless on open routes
  std::string_view segment;         // what stands in the path's first {…}
  std::string_view second_segment;  // … and in its second
};

struct Route {
  std::string method;  // "GET", "POST" or "PUT"
  std::string path;    // "/v1/tickets/{number}/claim"; at most two {…} segments
  std::string summary;
  std::function<Handled(const Call&, HttpResponse&)> handle;
  bool open = false;         // answers strangers too
  bool for_clients = false;  // answers contacts too, with what they may see; else staff alone
  bool uploads = false;      // its body is files: see http/upload/upload.h
  bool downloads = false;    // its answer is a file, of the file's own type: see http/upload/download.h
  // For the OpenAPI document:
  std::vector<ParameterText> parameters = {};
  const CommandBody* body = nullptr;          // set for commands
  Json request = {};                          // schema of a JSON body that is no one command's; null = none
  std::vector<std::string> text_bodies = {};  // media types of a body that is a text of lines
  bool creates = false;                       // 201 and Location
  std::string answer = {};                    // component schema of the answer; empty = text
  std::string content_type = "application/json";
};

using Routes = std::vector<Route>;

Routes ticket_command_routes();
Routes ticket_query_routes();
Routes ticket_list_routes();
Routes ticket_count_routes();
Routes ticket_clock_routes();
Routes report_routes();
Routes document_routes();
Routes bulk_routes();
Routes me_routes();
Routes search_routes();
Routes directory_routes();
Routes settings_routes();
Routes feed_routes();
Routes health_routes();

}  // namespace greffe
