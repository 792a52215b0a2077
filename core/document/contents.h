#pragma once

#include "core/base/progress.h"
#include "core/document/worker.h"

#include <string>
#include <vector>

namespace leeway::document {

/// A document in a file, or why it cannot be read.
struct Found
{
    std::string name;  // as people see it: "offer.pdf", "mail.eml › offer.pdf"
    std::string bytes; // of the document, of which `document` has the hash
    base::Result<Document> document;
    bool within = false; // came in an e-mail
};

/// The documents of a file: itself, and behind an e-mail's own words each attachment that may be a contract,
/// those of attached e-mails too, in their order. Never empty. Attached pictures without words, as in
/// signatures, are left out. After Cancelled nothing follows.
std::vector<Found> documents_in(Worker& worker, const std::string& name, std::string bytes,
                                const base::Progress& progress = {});

/// As above from a file; names begin with `path` as it is given. Errors also as base::read_file().
std::vector<Found> documents_in_file(Worker& worker, const std::string& path);

/// What is added to a project of the documents of a file: an e-mail's own words only where it carries nothing
/// else. The first error where any of them cannot be read.
base::Result<std::vector<Found>> contracts_in(Worker& worker, const std::string& name, std::string bytes,
                                              const base::Progress& progress = {});

}
