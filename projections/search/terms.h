// The terms of a ticket's document. Words are lower case, prefixes upper case, so that no word
// can be taken for anything else:
//
//   P<word> N<word>      a word as it stands, in public texts and in internal ones
//   PZ<stem> NZ<stem>    its stems (stems.h) but for one that is the word itself; whoever looks
//                        for a stem looks for P<stem> too
//   PB<letters> NB<letters>
//                        the first three letters of a word, or all that it has: what is being typed is
//                        found at once, though a thousand words begin so
//   XI<identifier>       number and external id
//   XV<state>            open, closed, merged or deleted
//   XS<status> XP<priority> XT<team> XA<assignee> XC<contact> XO<organisation> XK<kind> XH<channel>
//   XY<path>             each node of the category with those above it
//   Q<id>                the ticket, twenty digits: the order of the terms is that of the ids
//
// Values: instants as eight bytes that compare as they do.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "projections/ticket_row.h"

namespace greffe::search_terms {

inline constexpr unsigned opened_at_slot = 0, updated_at_slot = 1;

std::string word(Visibility visibility, std::string_view folded);
std::string stem(Visibility visibility, std::string_view stem);
// `letters`: three, or fewer as the beginning of such a term.
std::string beginning(Visibility visibility, std::string_view letters);
// The first three letters of the word, or all that it has.
std::string_view beginning_of(std::string_view folded);
std::string identifier(std::string_view folded);
std::string ticket(TicketId id);
inline constexpr std::string_view ticket_prefix = "Q";

std::string state(std::string_view name);
std::string status(std::string_view key);
std::string priority(std::string_view key);
std::string team(TeamId id);
std::string assignee(AgentId id);
std::string contact(ContactId id);
std::string organisation(OrganisationId id);
std::string kind(TicketKind kind);
std::string channel(Channel channel);
std::string category(const std::vector<std::string>& path);

// What can be filtered by; a pure function of the row. Without duplicates.
std::vector<std::string> filters_of(const TicketRow& row);
// Number and external id, where there are.
std::vector<std::string> identifiers_of(const TicketRow& row);

std::string instant_value(Instant instant);

}  // namespace greffe::search_terms
