#include "ui/shell/workspace.h"

#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/document/contents.h"
#include "core/project/names.h"
#include "core/report/writers.h"
#include "ui/shell/taskrunner.h"
#include "ui/widgets/text.h"

#include <QFileInfo>
#include <algorithm>
#include <map>

namespace leeway::ui {

struct Workspace::Read
{
    document::Document document;
    std::string bytes;
    clauses::Review review;
};

namespace {

tl::unexpected<base::Error> inProjectAlready(const std::string& file, const std::string& contract)
{
    return base::fail(base::ErrorCode::Invalid,
                      "“" + file + "” is in this project already, as “" + contract + "”. Nothing was added.");
}

std::filesystem::path pathOf(const QString& file)
{
    return utf8(QFileInfo(file).absoluteFilePath());
}

}

void Workspace::readDocuments(const QString& file, std::function<void(const Reads&)> then)
{
    std::map<std::string, std::string> known; // SHA-256 → contract
    for (const auto& contract : m_snapshot.contracts)
        for (const auto& version : contract.versions)
            known.emplace(version.document.sha256, contract.title);

    using Result = base::Result<Reads>;
    const QString name = QFileInfo(file).fileName();
    m_tasks->start<Reads>(
        tr("Reading %1").arg(name), this,
        [path = pathOf(file), known, pack = m_pack](const base::Progress& progress) mutable -> Result {
            const std::string given = path.filename().string();
            auto bytes = base::read_file(path, document::Limits().file_bytes);
            if (!bytes)
                return tl::unexpected(bytes.error());
            if (const auto twin = known.find(base::sha256(*bytes)); twin != known.end())
                return inProjectAlready(given, twin->second);
            document::Worker worker;
            auto found = document::contracts_in(worker, given, std::move(*bytes), progress);
            if (!found)
                return tl::unexpected(found.error());
            Reads reads;
            for (document::Found& one : *found) {
                if (!base::keep_going(progress, 0, 0))
                    return base::fail(base::ErrorCode::Cancelled, "Cancelled.");
                if (const auto twin = known.find(one.document->sha256); twin != known.end()) {
                    if (found->size() == 1)
                        return inProjectAlready(one.name, twin->second);
                    continue;
                }
                auto read = std::make_shared<Read>();
                read->document = std::move(*one.document);
                read->bytes = std::move(one.bytes);
                read->review = clauses::review(read->document, pack);
                known.emplace(read->document.sha256, read->document.name);
                reads.push_back(std::move(read));
            }
            if (reads.empty())
                return base::fail(base::ErrorCode::Invalid,
                                  "All that “" + given +
                                      "” carries is in this project already. Nothing "
                                      "was added.");
            return reads;
        },
        [this, name, generation = m_generation, then = std::move(then)](const Result& read) {
            if (generation != m_generation)
                return;
            if (read)
                then(*read);
            else if (read.error().code == base::ErrorCode::Cancelled)
                Q_EMIT done(tr("Reading %1 was cancelled. Nothing was added.").arg(name));
            else
                Q_EMIT failed(str(read.error().message));
        });
}

void Workspace::addDocuments(const QStringList& files)
{
    if (files.isEmpty() || !mayWrite())
        return;
    for (const QString& file : files)
        readDocuments(file, [this](const Reads& reads) {
            for (const auto& read : reads)
                addContract(read);
        });
}

void Workspace::addContract(const std::shared_ptr<Read>& read)
{
    if (!mayWrite())
        return;
    const project::Names names = project::suggested_names(read->document, read->review);
    const QString title = str(names.title);
    auto id = std::make_shared<project::Id>(0);
    const bool added = push(
        tr("add %1").arg(title),
        [this, id, held = read, names]() mutable -> base::Status {
            if (*id != 0)
                return m_project->restore_contract(*id);
            auto result =
                m_project->add_contract(names.title, names.vendor, held->document, held->bytes, held->review);
            held.reset();
            if (!result)
                return tl::unexpected(result.error());
            *id = *result;
            return {};
        },
        [this, id] { return m_project->remove_contract(*id); });
    if (!added)
        return;
    selectContract(*id);
    const auto* fresh = part();
    const QString index = fresh != nullptr ? points(fresh->index.value) : QString();
    if (fresh != nullptr && !fresh->outside.empty())
        Q_EMIT done(tr("Added “%1”. %2").arg(title, str(clauses::outside_message(fresh->outside))));
    else
        Q_EMIT done(tr("Added “%1”. Its lock-in index is %2 until you decide otherwise.").arg(title, index));
}

void Workspace::addVersion(project::Id contract, const QString& file)
{
    if (m_snapshot.contract(contract) == nullptr || !mayWrite())
        return;
    readDocuments(file, [this, contract, file](const Reads& reads) {
        if (reads.size() == 1)
            addVersionOf(contract, reads.front());
        else
            Q_EMIT failed(tr("“%1” carries %2 documents. Save the one that is the new version, and add that.")
                              .arg(QFileInfo(file).fileName())
                              .arg(reads.size()));
    });
}

void Workspace::addVersionOf(project::Id contract, const std::shared_ptr<Read>& read)
{
    if (m_snapshot.contract(contract) == nullptr || !mayWrite())
        return;
    const QString title = str(m_snapshot.contract(contract)->title);
    auto id = std::make_shared<project::Id>(0);
    const bool added = push(
        tr("add a version of %1").arg(title),
        [this, id, contract, held = read]() mutable -> base::Status {
            if (*id != 0)
                return m_project->restore_version(*id);
            auto result = m_project->add_version(contract, held->document, held->bytes, held->review);
            held.reset();
            if (!result)
                return tl::unexpected(result.error());
            *id = *result;
            return {};
        },
        [this, id] { return m_project->remove_version(*id); });
    if (!added)
        return;
    selectContract(contract);
    const auto& decisions = this->contract()->decisions;
    const auto changed =
        std::count_if(decisions.begin(), decisions.end(),
                      [](const project::Decision& decision) { return decision.text_changed; });
    Q_EMIT done(changed == 0 ? tr("Added version %1 of “%2”. Every decision still rests on its text.")
                                   .arg(str(this->contract()->newest().label), title)
                             : tr("Added version %1 of “%2”. The text behind %3 has changed: look again.")
                                   .arg(str(this->contract()->newest().label), title,
                                        counted(changed, tr("decision"), tr("decisions"))));
}

void Workspace::importPrices(const QString& file)
{
    if (!mayWrite())
        return;
    m_tasks->start<pricing::Sheet>(
        tr("Importing prices from %1").arg(QFileInfo(file).fileName()), this,
        [path = utf8(QFileInfo(file).absoluteFilePath()),
         used = m_snapshot.sheet](const base::Progress&) -> base::Result<pricing::Sheet> {
            const auto loaded = pricing::load_sheet(path);
            return loaded ? pricing::merged(used, *loaded) : loaded;
        },
        [this, generation = m_generation](const base::Result<pricing::Sheet>& sheet) {
            if (generation != m_generation)
                return;
            if (!sheet) {
                if (sheet.error().code != base::ErrorCode::Cancelled)
                    Q_EMIT failed(str(sheet.error().message));
                return;
            }
            setSheet(*sheet);
            QString message = tr("Prices imported. The sheet has %1 now.")
                                  .arg(counted(qsizetype(sheet->models.size()), tr("model"), tr("models")));
            if (!sheet->ignored.empty())
                message +=
                    u' ' + tr("%1 left out; the price list says why.")
                               .arg(counted(qsizetype(sheet->ignored.size()), tr("entry"), tr("entries")));
            Q_EMIT done(message);
        });
}

void Workspace::exportReport(const QString& file, const std::optional<report::Model>& model)
{
    if (!isOpen())
        return;
    m_tasks->start<bool>(
        tr("Writing %1").arg(QFileInfo(file).fileName()), this,
        [shown = model.value_or(m_model), snapshot = m_snapshot,
         path = pathOf(file)](const base::Progress& progress) -> base::Result<bool> {
            const auto whole = report::with_prospects(shown, snapshot, 1, progress);
            if (!whole)
                return tl::unexpected(whole.error());
            const base::Status status = path.extension() == ".json"
                                            ? base::write_file(path, report::to_json(*whole))
                                            : report::write_pdf(*whole, path);
            if (!status)
                return tl::unexpected(status.error());
            return true;
        },
        [this, file, generation = m_generation](const base::Result<bool>& written) {
            if (!written) {
                if (written.error().code != base::ErrorCode::Cancelled)
                    Q_EMIT failed(str(written.error().message));
                return;
            }
            if (generation == m_generation && isOpen() && !isReadOnly()) {
                if (const auto noted = m_project->note_export(utf8(QFileInfo(file).fileName())); !noted)
                    Q_EMIT failed(str(noted.error().message));
                reload();
            }
            Q_EMIT done(tr("Wrote %1").arg(file));
            Q_EMIT exported(file);
        });
}

}
