#include "tools/demo/texts.h"

namespace greffe::demo {
namespace {

constexpr Story all[] = {
    {"Impossible d'ouvrir ma facture de janvier",
     "Bonjour, le lien de la facture affiche une page blanche depuis ce matin.", "Facturation", "Factures", "incident",
     "Bonjour, nous avons reproduit le problème et cherchons la cause.",
     "Pouvez-vous nous dire quel navigateur vous utilisez ?", "C'est Firefox, sur deux postes différents.",
     "Le document a été généré sans numéro de client, voir avec le développement.",
     "La facture a été générée de nouveau et s'ouvre normalement."},
    {"Ligne coupée tous les après-midi", "Depuis lundi la ligne du standard coupe vers 15 h, pendant dix minutes.",
     "Téléphonie", "Ligne fixe", "incident", "Nous surveillons la ligne et rappelons demain.",
     "La coupure touche-t-elle aussi les appels entrants ?", "Oui, dans les deux sens.",
     "Pertes de paquets chez l'opérateur, incident ouvert chez eux.",
     "L'opérateur a remplacé une carte, plus de coupure depuis."},
    {"Demande de devis pour dix postes",
     "Nous ouvrons une agence en septembre et voudrions dix postes supplémentaires.", "Commercial", "Devis", "demande",
     "Merci de votre demande, le devis part aujourd'hui.", "Faut-il aussi des casques ?",
     "Oui, pour six des dix postes.", "Remise de volume validée par la direction.", "Devis accepté, commande lancée."},
    {"Changer l'adresse de livraison", "Merci de livrer désormais au 12 rue des Tanneurs, pas au siège.", "Commercial",
     "Livraison", "demande", "C'est noté pour les prochaines livraisons.",
     "La livraison en cours doit-elle aussi être déroutée ?", "Non, elle peut arriver au siège.",
     "Transporteur prévenu par téléphone.", "Adresse changée sur la fiche client."},
    {"Mot de passe refusé à l'espace client", "Le mot de passe est refusé, même après l'avoir changé deux fois.",
     "Espace client", "Connexion", "incident", "Nous avons débloqué votre compte, réessayez s'il vous plaît.",
     "Recevez-vous bien le courriel de confirmation ?", "Il arrive, mais le lien a expiré.",
     "Horloge du serveur de jetons en retard de six minutes.", "Le lien est de nouveau valable une heure."},
    {"Véhicule AB-123-CD ne démarre plus", "La batterie est neuve, mais rien ne s'allume au contact.", "Véhicules",
     "Panne", "intervention", "Un technicien passe cet après-midi.", "Le badge est-il reconnu par le boîtier ?",
     "La lumière reste rouge.", "Boîtier à remplacer, pièce commandée.",
     "Boîtier remplacé sur place, véhicule rendu au service."},
    {"Réservation comptée deux fois", "Ma réservation du 14 apparaît deux fois sur le relevé.", "Facturation",
     "Relevés", "incident", "Nous vérifions avec la comptabilité.", "Avez-vous reçu deux confirmations ?",
     "Une seule, à 9 h 12.", "Double envoi du formulaire, corrigé dans la version 4.2.",
     "Seconde réservation annulée et remboursée."},
    {"Ajouter un utilisateur à notre compte", "Merci de créer un accès pour notre nouvelle comptable.", "Espace client",
     "Comptes", "demande", "L'accès est créé, un courriel lui a été envoyé.", "Doit-elle voir aussi les contrats ?",
     "Oui, en lecture.", "Droit de lecture sur les contrats ajouté.", "Accès confirmé par la personne."},
    {"Printer on the second floor does not answer", "Nobody on the second floor can print since the network change.",
     "Network", "Printing", "incident", "We are looking into the switch of that floor.",
     "Does the printer show an address on its display?", "It shows 0.0.0.0.",
     "Port left in the old VLAN after the change.", "Port moved to the right network, printing works."},
    {"Order arrived without its cables", "Order 4711 was complete but for the four power cables.", "Sales", "Delivery",
     "incident", "Sorry about that, the cables leave today.", "Is Tuesday morning all right for the delivery?",
     "Tuesday is fine.", "Packing list was wrong, warehouse told.", "Cables delivered and signed for."},
    {"Mail to our accounting bounces", "Mails to accounting come back with 'mailbox full' since yesterday.", "Mail",
     "Delivery", "incident", "We raised the quota and are watching the queue.",
     "Can you resend one of the bounced mails?", "Just did, it arrived.", "Archive job had stopped in March.",
     "Mailbox archived, the job runs again."},
    {"How do we export last year's tickets?", "Our auditors ask for everything of last year as a table.", "Portal",
     "Export", "question", "You find it under Reports, Export; we attach a short guide.",
     "Do they need the messages too?", "Only titles, dates and times.", "Guide updated with the date filter.",
     "Export done by the client, question answered."},
    {"Handset loses its registration at night", "Every morning handset 27 has to be restarted before it rings.",
     "Telephony", "Handsets", "incident", "We have set a trace on it for tonight.", "Is it on a timer socket?",
     "It is not.", "Renewal goes to the old proxy; provisioning file outdated.",
     "Provisioned again, registered for three nights in a row."},
    {"Contract renewal: new conditions?", "Our contract ends in two months, what would you propose?", "Sales",
     "Contracts", "question", "Our proposal will be with you on Friday.", "Do you keep the same number of seats?",
     "Two more than today.", "Loyalty discount agreed.", "Proposal signed by both sides."},
};

}  // namespace

std::span<const Story> stories() { return all; }

}  // namespace greffe::demo
