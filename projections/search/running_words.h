// The words of a ticket's texts one after the other: what phrases are looked for in. They are
// kept beside the ticket's document, as metadata of the index: Xapian's own positions have to be
// read and compared word by word whenever a ticket changes, which costs more than all the rest.
// Includes Xapian: for .cpp files of this folder only.
#pragma once

#include <xapian.h>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "events/ticket_values.h"

namespace greffe {

// A line a text, its words between spaces: "P le serveur ne repond plus \n". No phrase goes from
// one line into the next.
class RunningWords {
 public:
  void begin_text(Visibility visibility);
  void add(std::string_view folded_word);
  void end_text();

  // All texts, a few to a block, so that a long ticket that gets a message changes little.
  const std::vector<std::string>& blocks() const { return blocks_; }

 private:
  std::vector<std::string> blocks_;
};

// Puts these words in the place of those that the document had.
void keep_running_words(Xapian::WritableDatabase& database, Xapian::docid document, const RunningWords& words);

// Every block of the document in turn, until `take` answers false.
void read_running_words(const Xapian::Database& database, Xapian::docid document,
                        const std::function<bool(std::string_view)>& take);

// Words to find in this order.
class RunningPhrase {
 public:
  // With `is_beginning`, the last word may go on.
  RunningPhrase(const std::vector<std::string_view>& words, bool is_beginning);
  // Whether it stands in a text of the block that may be read: public ones, or all.
  bool stands_in(std::string_view block, bool internal_too) const;

 private:
  std::string pattern_;
};

}  // namespace greffe
