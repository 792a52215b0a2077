#pragma once

#include "core/document/readers.h"
#include "core/project/project.h"
#include "ui/shell/workspace.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <filesystem>

/// A project of one contract with known findings, independent of the engine, and a workspace that opened it.
namespace testproject {

using namespace leeway;

inline constexpr std::string_view agreement = R"(# AI Services Agreement

## 5. Fees

**5.3 Changes.** Provider may change its Fees at any time on fourteen days' notice.

## 7. Use

**7.1 Restriction.** Customer shall not use Output to develop any competing model.

## 8. Data

**8.1 Ownership.** Customer retains all right in Input, and Provider assigns to Customer all right in Output.

**8.2 Use of Customer Content.** Provider shall not use Customer Content to train any model, except that Provider may
use Customer Content in de-identified form to improve the Services.

**8.5 Confidentiality.** Each party shall protect the Confidential Information of the other party.
)";

inline constexpr std::string_view second_agreement = R"(# AI Services Agreement, second version

## 5. Fees

**5.3 Changes.** Provider may change its Fees once a year on ninety days' notice.

## 8. Data

**8.1 Ownership.** Customer retains all right in Input, and Provider assigns to Customer all right in Output.
)";

inline document::Document read(std::string_view text, const std::string& name = "agreement.md")
{
    auto document = document::read_plain(document::Format::Markdown, name, text);
    if (!document)
        qFatal("%s", document.error().message.c_str());
    return *document;
}

inline clauses::Evidence quote(const document::Document& document, std::string_view words, clauses::Role role)
{
    const auto at = document.text.find(words);
    if (at == std::string::npos)
        return {};
    clauses::Evidence evidence;
    evidence.begin = std::uint32_t(at);
    evidence.end = std::uint32_t(at + words.size());
    evidence.section = document::section_at(document, evidence.begin);
    evidence.text = std::string(words);
    evidence.role = role;
    return evidence;
}

inline clauses::Review reviewOf(const document::Document& document, const clauses::Pack& pack)
{
    using clauses::Role;
    using clauses::Verdict;
    clauses::Review result;
    result.pack = pack.id;
    result.pack_version = pack.version;
    result.pack_sha256 = pack.sha256;
    result.engine = "test";
    result.parties = {{"Provider", "Aurora AI"}, {"Customer"}};
    for (const auto& check : pack.checks) {
        clauses::Finding finding;
        finding.check = check.id;
        finding.verdict = check.polarity == clauses::Polarity::Hazard ? Verdict::Met : Verdict::Missing;
        finding.confidence = 0.6;
        finding.why = {"Nothing in the text speaks of it."};
        const auto add = [&](Verdict verdict, std::string_view words, Role role) {
            const auto evidence = quote(document, words, role);
            if (evidence.text.empty())
                return;
            finding.verdict = verdict;
            finding.confidence = 0.91;
            finding.why = {"The passage says so."};
            finding.evidence.push_back(evidence);
        };
        if (check.id == "no-training") {
            add(Verdict::Partial, "Provider shall not use Customer Content to train any model", Role::Gives);
            add(Verdict::Partial,
                "except that Provider may use Customer Content in de-identified form to improve the Services",
                Role::Takes);
        } else if (check.id == "customer-ownership")
            add(Verdict::Met, "Provider assigns to Customer all right in Output", Role::Gives);
        else if (check.id == "competing-use-ban")
            add(Verdict::Adverse, "Customer shall not use Output to develop any competing model",
                Role::Takes);
        else if (check.id == "price-review")
            add(Verdict::Adverse, "Provider may change its Fees at any time", Role::Takes);
        result.findings.push_back(finding);
    }
    return result;
}

inline clauses::Pack pack()
{
    auto result = clauses::load_pack("ai-procurement");
    if (!result)
        qFatal("%s", result.error().message.c_str());
    return *result;
}

/// Settings and user folders of a test's own. Once a program, before Theme::install().
inline void useTestSettings(const QTemporaryDir& folder)
{
    QStandardPaths::setTestModeEnabled(true);
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder.path());
    QCoreApplication::setOrganizationName(QStringLiteral("leeway-test"));
    QCoreApplication::setApplicationName(QStringLiteral("leeway-test"));
}

struct TestProject
{
    /// `contracts`: how many, each of the same text but for its title.
    explicit TestProject(int contracts = 1) : workspace(pack())
    {
        file = folder.filePath(QStringLiteral("test.leeway"));
        auto project = project::Project::create(std::filesystem::path(file.toStdString()), "Test purchase");
        if (!project)
            qFatal("%s", project.error().message.c_str());
        for (int i = 0; i < contracts; ++i) {
            std::string text(agreement);
            if (i > 0)
                text += "\nCopy " + std::to_string(i) + ".\n";
            const auto document = read(text, "agreement" + std::to_string(i) + ".md");
            const auto added = project->add_contract("Agreement " + std::to_string(i + 1), "Aurora AI",
                                                     document, text, reviewOf(document, workspace.pack()));
            if (!added)
                qFatal("%s", added.error().message.c_str());
        }
        project = tl::unexpected<base::Error>(base::Error{}); // closes the file
        opened = workspace.openProject(file);
    }

    [[nodiscard]] const report::ChecklistRow& row(std::string_view check) const
    {
        return *workspace.part()->row(check);
    }

    QTemporaryDir folder;
    QString file;
    ui::Workspace workspace;
    bool opened = false;
};

}
