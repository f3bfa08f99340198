#include "projections/search/store.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "events/codec.h"
#include "projections/row_digest.h"
#include "projections/search/terms.h"

namespace greffe {
namespace {

constexpr auto position_key = "position", recorded_at_key = "recorded_at", version_key = "version",
               finished_key = "finished";
constexpr std::size_t idle_readers_max = 16;

ViewFailure not_opened(const std::filesystem::path& path, const std::string& why) {
  return {ViewFailure::Kind::not_opened, {}, fmt::format("cannot open the search index {}: {}", path.string(), why)};
}

std::int64_t stored_number(const Xapian::Database& database, const char* key) {
  const std::string text = database.get_metadata(key);
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

Seen stored_seen(const Xapian::Database& database) {
  return {Position{static_cast<std::uint64_t>(stored_number(database, position_key))},
          Instant(std::chrono::microseconds(stored_number(database, recorded_at_key)))};
}

void store_seen(Xapian::WritableDatabase& database, const Seen& seen) {
  database.set_metadata(position_key, std::to_string(seen.position.value));
  database.set_metadata(recorded_at_key, std::to_string(seen.recorded_at.time_since_epoch().count()));
}

// Whether the documents are a fold of this very log: it may have been put back to an older backup.
Result<bool, ViewFailure> belongs_to(const Seen& seen, const Log& log) {
  if (seen.position.value == 0) return true;
  if (seen.position > log.tail()) return false;
  const auto bytes = log.read_one(seen.position);
  if (!bytes) return fail(view_failure(bytes.error()));
  const auto record = decode(*bytes);
  return record && record->envelope.recorded_at == seen.recorded_at;
}

// All or nothing, whatever is thrown on the way.
class Transaction {
 public:
  explicit Transaction(Xapian::WritableDatabase& database) : database_(database) { database_.begin_transaction(true); }
  ~Transaction() {
    if (committed_) return;
    try {
      database_.cancel_transaction();
    } catch (const Xapian::Error&) {
      // Whoever left before the commit says why; a database that cannot even forget is closed next.
    }
  }
  void commit() {
    database_.commit_transaction();
    committed_ = true;
  }

 private:
  Xapian::WritableDatabase& database_;
  bool committed_ = false;
};

}  // namespace

Result<std::unique_ptr<SearchStore>, ViewFailure> SearchStore::open(const std::filesystem::path& path, const Log& log) {
  try {
    Xapian::WritableDatabase database(path.string(), Xapian::DB_OPEN);
    const bool serves =
        stored_number(database, version_key) == search_version && stored_number(database, finished_key) == 1;
    if (!serves) return nullptr;
    const Seen seen = stored_seen(database);
    const auto belongs = belongs_to(seen, log);
    if (!belongs) return fail(belongs.error());
    if (!*belongs) return nullptr;
    return std::unique_ptr<SearchStore>(new SearchStore(path, log, std::move(database), seen));
  } catch (const Xapian::DatabaseLockError& error) {
    return fail(not_opened(path, error.get_msg()));
  } catch (const Xapian::Error&) {
    return nullptr;  // not worth more than the time to build it again
  }
}

Result<std::unique_ptr<SearchStore>, ViewFailure> SearchStore::make(const std::filesystem::path& path, const Log& log) {
  try {
    std::error_code error;
    std::filesystem::create_directories(path, error);
    if (error) return fail(not_opened(path, error.message()));
    Xapian::WritableDatabase database(path.string(), Xapian::DB_CREATE | Xapian::DB_BACKEND_GLASS);
    database.set_metadata(version_key, std::to_string(search_version));
    database.commit();
    return std::unique_ptr<SearchStore>(new SearchStore(path, log, std::move(database), {}));
  } catch (const Xapian::Error& error) {
    return fail(not_opened(path, error.get_description()));
  }
}

Result<std::unique_ptr<SearchStore>, ViewFailure> SearchStore::make_serving(const std::filesystem::path& path,
                                                                            const Log& log) {
  auto made = make(path, log);
  if (!made) return made;
  if (const auto finished = (*made)->finish(); !finished) return fail(finished.error());
  return made;
}

SearchStore::SearchStore(std::filesystem::path path, const Log& log, Xapian::WritableDatabase database, Seen seen)
    : path_(std::move(path)),
      log_(log),
      database_(std::move(database)),
      applied_(seen),
      seen_(seen),
      documents_(database_.get_doccount()) {}

SearchStore::~SearchStore() {
  try {
    database_.close();
  } catch (const Xapian::Error&) {
    // Nothing is uncommitted here; what could not be closed is found damaged when it is opened.
  }
}

Seen SearchStore::seen() const {
  const std::lock_guard lock(mutex_);
  return seen_;
}

std::uint64_t SearchStore::documents() const {
  const std::lock_guard lock(mutex_);
  return documents_;
}

void SearchStore::apply(std::span<const Record> records) {
  for (const Record& record : records) {
    if (const auto* event = std::get_if<TicketEvent>(&record.event)) fold(record.envelope, *event);
    applied_ = {record.envelope.position, record.envelope.recorded_at};
  }
}

void SearchStore::fold(const Envelope& envelope, const TicketEvent& event) {
  const TicketId id{envelope.stream_id};
  const auto [changed, is_new] = changed_.try_emplace(id);
  if (is_new && envelope.version == Version{1}) changed->second.emplace();
  if (changed->second) changed->second->fold(envelope, event);
  const auto* message = std::get_if<MessagePosted>(&event);
  if (message == nullptr || !message->via) return;
  auto& sent_to = changed_.try_emplace(*message->via).first->second;
  if (sent_to) sent_to->add_sent_by_number(envelope, *message);
}

// As it stood at applied_: the log may be ahead.
Result<void, ViewFailure> SearchStore::read_stream(TicketId id, const OnEvent& on_event) const {
  Record record;
  const auto reader = log_.read_stream(stream_of(id), Version{1});
  while (reader->next()) {
    if (reader->position() > applied_.position) return {};
    if (const auto damage = decode_into(reader->bytes(), record)) {
      return fail(ViewFailure{ViewFailure::Kind::log, reader->position(),
                              fmt::format("the record at position {} is damaged ({}): run `greffe verify`",
                                          reader->position().value, name_of(*damage))});
    }
    if (const auto* event = std::get_if<TicketEvent>(&record.event)) on_event(record.envelope, *event);
  }
  if (reader->failure()) return fail(view_failure(*reader->failure()));
  return {};
}

// What was sent by its number is in the streams of what it is, and was, merged into, at any remove.
Result<SearchedTicket, ViewFailure> SearchStore::read_ticket(TicketId id) const {
  SearchedTicket ticket;
  const auto own =
      read_stream(id, [&](const Envelope& envelope, const TicketEvent& event) { ticket.fold(envelope, event); });
  if (!own) return fail(own.error());
  std::vector<TicketId> hosts;
  const auto add_host = [&](TicketId host) {
    if (host != id && std::find(hosts.begin(), hosts.end(), host) == hosts.end()) hosts.push_back(host);
  };
  for (const TicketId host : ticket.row.hosts) add_host(host);
  for (std::size_t i = 0; i < hosts.size(); ++i) {
    const auto read = read_stream(hosts[i], [&](const Envelope& envelope, const TicketEvent& event) {
      const auto* message = std::get_if<MessagePosted>(&event);
      if (message != nullptr && message->via == id) ticket.add_sent_by_number(envelope, *message);
      if (const auto* merged = std::get_if<TicketMergedInto>(&event)) add_host(merged->target);
    });
    if (!read) return fail(read.error());
  }
  return ticket;
}

Result<std::vector<SearchedTicket>, ViewFailure> SearchStore::changed_tickets() {
  std::vector<SearchedTicket> tickets;
  tickets.reserve(changed_.size());
  for (auto& [id, known] : changed_) {
    if (known) {
      tickets.push_back(std::move(*known));
      continue;
    }
    auto read = read_ticket(id);
    if (!read) return fail(read.error());
    tickets.push_back(std::move(*read));
  }
  changed_.clear();
  return tickets;
}

Result<void, ViewFailure> SearchStore::write() {
  if (!changed_.empty()) {
    const auto tickets = changed_tickets();
    if (!tickets) return fail(tickets.error());
    SpellingNews news;
    Transaction transaction(database_);
    put(*tickets, news);
    for (const auto& [word, count] : news) {
      if (count > 0) database_.add_spelling(word, static_cast<Xapian::termcount>(count));
      if (count < 0) database_.remove_spelling(word, static_cast<Xapian::termcount>(-count));
    }
    store_seen(database_, applied_);
    transaction.commit();
  }
  // Events that change no document need no commit: after a restart they are looked at again.
  publish(applied_);
  return {};
}

void SearchStore::put(const std::vector<SearchedTicket>& tickets, SpellingNews& news) {
  const Position known = seen().position;
  for (const auto& ticket : tickets) {
    const auto written = writer_.write(ticket, known, news);
    const auto id = database_.replace_document(search_terms::ticket(ticket.row.id), written.document);
    keep_running_words(database_, id, written.words);
  }
}

void SearchStore::publish(Seen seen) {
  const std::uint64_t documents = database_.get_doccount();
  const std::lock_guard lock(mutex_);
  seen_ = seen;
  documents_ = documents;
  ++commits_;
}

Result<void, ViewFailure> SearchStore::finish() {
  try {
    database_.set_metadata(finished_key, "1");
    database_.commit();
    return {};
  } catch (const Xapian::Error& error) {
    return fail(ViewFailure{ViewFailure::Kind::io,
                            {},
                            fmt::format("cannot finish the search index {}: {}", path_.string(), error.get_msg())});
  }
}

std::string SearchStore::digest() const {
  RowDigest digest;
  const std::string prefix(search_terms::ticket_prefix);
  for (auto term = database_.allterms_begin(prefix); term != database_.allterms_end(prefix); ++term) {
    const auto posting = database_.postlist_begin(*term);
    digest.add(*term, database_.get_document(*posting).serialise());
    read_running_words(database_, *posting, [&](std::string_view block) {
      digest.add(*term, block);
      return true;
    });
  }
  for (auto word = database_.spellings_begin(); word != database_.spellings_end(); ++word) {
    digest.add(*word, std::to_string(word.get_termfreq()));
  }
  return digest.hex();
}

std::unique_ptr<SearchStore::Reader> SearchStore::take_reader() const {
  std::unique_ptr<Reader> reader;
  Seen seen;
  std::uint64_t commit = 0;
  {
    const std::lock_guard lock(mutex_);
    seen = seen_;
    commit = commits_;
    if (!idle_.empty()) {
      reader = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  if (!reader) reader = std::make_unique<Reader>(path_.string());
  else if (reader->commit != commit) reader->database.reopen();
  reader->seen = seen;
  reader->commit = commit;
  return reader;
}

void SearchStore::give_back(std::unique_ptr<Reader> reader) const {
  const std::lock_guard lock(mutex_);
  if (idle_.size() < idle_readers_max) idle_.push_back(std::move(reader));
}

}  // namespace greffe
