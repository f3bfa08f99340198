#include "tools/bench/prose.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <span>
#include <string_view>

namespace greffe::bench {
namespace {

// In the order of their frequency, articles and the like first.
constexpr std::string_view french_links[] = {"de",   "la", "le", "et",  "les",  "à",   "des",  "en",   "un",  "une",
                                             "du",   "ne", "je", "pas", "nous", "est", "pour", "que",  "sur", "dans",
                                             "avec", "ce", "au", "par", "vous", "qui", "plus", "mais", "ou",  "cette"};
constexpr std::string_view french_words[] = {
    "bonjour",     "merci",     "problème",   "imprimante",    "accès",      "compte",       "mot",         "passe",
    "erreur",      "client",    "facture",    "commande",      "serveur",    "réseau",       "connexion",   "message",
    "fichier",     "dossier",   "écran",      "impossible",    "poste",      "logiciel",     "demande",     "téléphone",
    "utilisateur", "service",   "livraison",  "session",       "messagerie", "mise",         "jour",        "urgent",
    "portable",    "agence",    "licence",    "sauvegarde",    "partagé",    "bloquée",      "panne",       "ouvrir",
    "installé",    "redémarré", "technicien", "intervention",  "contrat",    "salle",        "bâtiment",    "planning",
    "formation",   "réunion",   "validation", "signature",     "document",   "numérisation", "clavier",     "souris",
    "adresse",     "paiement",  "devis",      "remboursement", "colis",      "abonnement",   "réservation", "véhicule"};
constexpr std::string_view english_links[] = {
    "the", "to", "and", "of",  "a",   "in",   "is",   "we",   "for", "not", "it",  "on",  "with", "this", "that",
    "my",  "be", "can", "you", "are", "from", "when", "have", "our", "has", "but", "was", "at",   "no",   "please"};
constexpr std::string_view english_words[] = {
    "hello",    "thanks",   "problem",   "printer",   "access",    "account",  "password", "error",    "customer",
    "invoice",  "order",    "server",    "network",   "login",     "message",  "file",     "folder",   "screen",
    "unable",   "desktop",  "software",  "request",   "phone",     "user",     "support",  "delivery", "session",
    "mailbox",  "update",   "urgent",    "laptop",    "branch",    "license",  "backup",   "shared",   "stuck",
    "failure",  "open",     "installed", "restarted", "engineer",  "visit",    "contract", "room",     "building",
    "schedule", "training", "meeting",   "approval",  "signature", "document", "scanner",  "keyboard", "mouse",
    "address",  "payment",  "quote",     "refund",    "parcel",    "booking"};
constexpr std::string_view syllables[] = {"ba", "cor", "del", "fé",  "gan", "hir", "jo",  "kel", "lu",  "mar", "nos",
                                          "pé", "qui", "ron", "sal", "tur", "vé",  "wen", "xa",  "zol", "ti",  "bre"};
constexpr std::size_t words_a_tongue = 40'000;

class Vocabulary {
 public:
  Vocabulary(std::span<const std::string_view> links, std::span<const std::string_view> common, std::uint64_t seed)
      : links_(links.size()), common_(links.size() + common.size()) {
    words_.assign(links.begin(), links.end());
    words_.insert(words_.end(), common.begin(), common.end());
    std::mt19937_64 random(seed);
    while (words_.size() < words_a_tongue) {
      std::string word;
      for (auto count = 2 + random() % 3; count > 0; --count) word += syllables[random() % std::size(syllables)];
      words_.push_back(std::move(word));
    }
    double sum = 0;
    for (std::size_t rank = 0; rank < words_.size(); ++rank) {
      sum += 1 / (static_cast<double>(rank) + 2.7);
      weights_.push_back(sum);
    }
  }

  // The word of a share between 0 and 1 of all that is said, of those from a rank on.
  const std::string& at(double share, std::size_t first_rank) const {
    const double before = first_rank == 0 ? 0 : weights_[first_rank - 1];
    const double weight = before + share * (weights_.back() - before);
    const auto found = std::upper_bound(weights_.begin(), weights_.end(), weight);
    return words_[std::min<std::size_t>(static_cast<std::size_t>(found - weights_.begin()), words_.size() - 1)];
  }
  std::size_t links() const { return links_; }
  std::size_t common() const { return common_; }

 private:
  std::size_t links_, common_;
  std::vector<std::string> words_;
  std::vector<double> weights_;  // of the words up to each
};

const Vocabulary& vocabulary(Tongue tongue) {
  static const Vocabulary french(french_links, french_words, 1789), english(english_links, english_words, 1066);
  return tongue == Tongue::french ? french : english;
}

}  // namespace

Prose::Prose(std::uint64_t seed) : random_(seed) {}

const std::string& Prose::word_from(Tongue tongue, std::size_t first_rank) {
  const double share = static_cast<double>(random_() >> 11U) * 0x1p-53;
  return vocabulary(tongue).at(share, first_rank);
}

const std::string& Prose::content_word(Tongue tongue) { return word_from(tongue, vocabulary(tongue).links()); }
const std::string& Prose::rare_word(Tongue tongue) { return word_from(tongue, vocabulary(tongue).common()); }

std::string Prose::sentence(Tongue tongue, std::size_t words) {
  std::string text;
  for (std::size_t i = 0; i < words; ++i) {
    const auto chance = below(40);
    if (i > 0) text += chance == 0 ? ". " : chance < 3 ? ", " : " ";
    if (chance == 3) text += std::to_string(below(100'000));
    else if (chance == 4) text += tongue == Tongue::french ? "mot de passe" : "domain password";
    else text += word_from(tongue, 0);
  }
  return text;
}

}  // namespace greffe::bench
