#include "tools/demo/texts.h"

namespace greffe::demo {
namespace {

constexpr std::string_view clients[] = {
    "Jeanne Martin",  "Paul Lefèvre",   "Amélie Durand",  "Karim Benali",  "Sophie Laurent", "Hugo Moreau",
    "Claire Dubois",  "Thomas Girard",  "Nadia Cherif",   "Luc Fontaine",  "Inès Rousseau",  "Marc Chevalier",
    "Emily Clark",    "James Turner",   "Olivia Bennett", "Daniel Foster", "Grace Hughes",   "Henry Walsh",
    "Élodie Garnier", "Mathieu Perrin", "Zoé Lambert",    "Yann Le Goff",  "Chloé Marchand", "Rachid Amrani",
    "Laura Schmidt",  "Peter Novak",    "Anna Kowalska",  "Tom Jansen",    "Maria Rossi",    "Erik Lindqvist"};
constexpr std::string_view organisations[] = {"Ateliers Boréal",       "Transports Vasseur", "Clinique des Tilleuls",
                                              "Mairie de Saint-Aubin", "Garage du Pont",     "Éditions Lumen",
                                              "Northwind Logistics",   "Harbour & Sons",     "Bluefield Schools",
                                              "Menuiserie Caradec",    "Cabinet Orsini",     "Greenway Foods"};
constexpr std::string_view agents[] = {"Camille Robert", "Julien Petit", "Fatou Diop", "Nicolas Blanc",
                                       "Sarah Mitchell", "Antoine Roux", "Léa Bernard"};
constexpr std::string_view teams[] = {"Support niveau 1", "Réseau et téléphonie", "Facturation"};

}  // namespace

std::span<const std::string_view> client_names() { return clients; }
std::span<const std::string_view> organisation_names() { return organisations; }
std::span<const std::string_view> agent_names() { return agents; }
std::span<const std::string_view> team_names() { return teams; }

}  // namespace greffe::demo
