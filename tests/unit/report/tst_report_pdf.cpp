#include "core/report/compose.h"
#include "core/report/writers.h"
#include "samplemodel.h"

#include <QtTest/QtTest>
#include <memory>
#include <nlohmann/json.hpp>
#include <poppler-qt6.h>

using namespace leeway;

namespace {

struct Read
{
    report::Composed composed;
    std::unique_ptr<Poppler::Document> document;
    QStringList pages; // all words, with single blanks
    QStringList cells; // the words of each cell, line by line
};

struct Word
{
    QString text;
    QRectF box;
};

std::vector<Word> words_of(const Poppler::Document& document, int page)
{
    std::vector<Word> words;
    for (const auto& word : document.page(page)->textList())
        words.push_back({word->text(), word->boundingBox()});
    return words;
}

// Boxes are taller than letters.
QRectF letters_of(const Word& word)
{
    const qreal quarter = word.box.height() / 4;
    return word.box.adjusted(0, quarter, 0, -quarter);
}

QString joined(const std::vector<Word>& words)
{
    QStringList texts;
    for (const Word& word : words)
        texts += word.text;
    return texts.join(u' ');
}

QString text_in(std::vector<Word> words, const QRectF& cell)
{
    std::erase_if(words, [&](const Word& word) { return !cell.contains(word.box.center()); });
    std::stable_sort(words.begin(), words.end(),
                     [](const Word& a, const Word& b) { return a.box.x() < b.box.x(); });
    std::stable_sort(words.begin(), words.end(), [](const Word& a, const Word& b) {
        return qRound(a.box.center().y() / 4) < qRound(b.box.center().y() / 4);
    });
    return joined(words);
}

Read read(const report::Model& model)
{
    auto composed = report::compose(model);
    if (!composed)
        qFatal("%s", composed.error().message.c_str());
    Read result{std::move(*composed), nullptr, {}, {}};
    result.document = Poppler::Document::loadFromData(QByteArray::fromStdString(result.composed.pdf));
    for (int i = 0; i < result.document->numPages(); ++i) {
        const auto words = words_of(*result.document, i);
        result.pages += joined(words);
        for (const report::Placed& placed : result.composed.cells) {
            if (placed.page == i)
                result.cells += text_in(words, placed.box);
        }
    }
    return result;
}

QString squashed(QString text)
{
    return text.remove(QRegularExpression(QStringLiteral("\\s+")));
}

void put_bookmarks(const QList<Poppler::OutlineItem>& items, QStringList& names)
{
    for (const Poppler::OutlineItem& item : items) {
        names += item.name();
        put_bookmarks(item.children(), names);
    }
}

report::Model model_named(const QString& name)
{
    if (name == u"whole")
        return samples::whole();
    if (name == u"several")
        return samples::several(4);
    if (name == u"many")
        return samples::several(40);
    if (name == u"large")
        return samples::large(300);
    if (name == u"one check")
        return samples::large(1);
    return samples::empty();
}

}

class TestReportPdf : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void models_data();
    void every_page_is_numbered_and_named_data() { models_data(); }
    void every_page_is_numbered_and_named();
    void words_stay_on_the_page_and_in_their_cells_data() { models_data(); }
    void words_stay_on_the_page_and_in_their_cells();
    void fonts_are_embedded_data() { models_data(); }
    void fonts_are_embedded();
    void the_report_says_what_the_model_says();
    void checks_stand_under_their_categories();
    void bookmarks_lead_to_their_headings();
    void the_summary_is_one_page();
    void three_hundred_findings_are_all_there();
    void an_empty_project_says_what_is_missing();
    void an_unread_contract_has_no_index_data();
    void an_unread_contract_has_no_index();
    void hostile_texts_are_drawn_data();
    void hostile_texts_are_drawn();
    void the_same_model_gives_the_same_pages();
    void an_old_file_is_replaced_whole();
    void a_path_that_cannot_be_written_is_an_error();
    void json_has_the_same_facts();
};

void TestReportPdf::models_data()
{
    QTest::addColumn<QString>("model");
    for (const char* name : {"whole", "several", "many", "large", "one check", "empty"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestReportPdf::every_page_is_numbered_and_named()
{
    QFETCH(QString, model);
    const Read report = read(model_named(model));
    QCOMPARE(report.document->numPages(), report.composed.pages);
    QVERIFY(report.composed.pages >= 3);
    for (int i = 1; i < report.pages.size(); ++i)
        QVERIFY2(
            report.pages[i].contains(QStringLiteral("Page %1 of %2").arg(i + 1).arg(report.composed.pages)),
            qPrintable(report.pages[i].right(300)));
    QVERIFY(report.document->title().endsWith(QStringLiteral("lock-in report")));
}

void TestReportPdf::words_stay_on_the_page_and_in_their_cells()
{
    QFETCH(QString, model);
    const Read report = read(model_named(model));
    constexpr qreal side = 53; // just outside the margins of 54 points
    constexpr qreal slack = 1.5;
    int words_in_cells = 0;
    for (int i = 0; i < report.document->numPages(); ++i) {
        std::vector<QRectF> cells;
        for (const report::Placed& placed : report.composed.cells) {
            if (placed.page == i)
                cells.push_back(placed.box);
        }
        const auto words = words_of(*report.document, i);
        for (const Word& word : words) {
            const QRectF box = word.box;
            QVERIFY2(box.left() >= side - 2 && box.right() <= 595 - side + 1 && box.top() >= 20 &&
                         box.bottom() <= 842 - 20,
                     qPrintable(QStringLiteral("page %1: “%2” leaves the page").arg(i + 1).arg(word.text)));
            for (const QRectF& cell : cells) {
                if (!cell.contains(box.center()))
                    continue;
                ++words_in_cells;
                QVERIFY2(
                    cell.adjusted(-slack, -slack, slack, slack).contains(box),
                    qPrintable(QStringLiteral("page %1: “%2” leaves its cell").arg(i + 1).arg(word.text)));
            }
        }
        // No two words on one place.
        for (std::size_t a = 0; a < words.size(); ++a) {
            for (std::size_t b = a + 1; b < words.size(); ++b) {
                const QRectF common = letters_of(words[a]).intersected(letters_of(words[b]));
                QVERIFY2(common.width() < 2 || common.height() < 1.5,
                         qPrintable(QStringLiteral("page %1: “%2” and “%3” overlap")
                                        .arg(i + 1)
                                        .arg(words[a].text, words[b].text)));
            }
        }
    }
    QVERIFY(words_in_cells > 20);
}

void TestReportPdf::fonts_are_embedded()
{
    QFETCH(QString, model);
    const Read report = read(model_named(model));
    const auto fonts = report.document->fonts();
    QVERIFY(!fonts.isEmpty());
    for (const Poppler::FontInfo& font : fonts) {
        QVERIFY2(font.isEmbedded(), qPrintable(font.name()));
        QVERIFY(font.type() != Poppler::FontInfo::Type3);
    }
}

void TestReportPdf::the_report_says_what_the_model_says()
{
    const report::Model model = samples::whole();
    const Read report = read(model);
    const QString text = squashed(report.pages.join(u' ') + report.cells.join(u' '));
    const auto expect = [&](const std::string& words) {
        QVERIFY2(text.contains(squashed(QString::fromStdString(words))), words.c_str());
    };
    for (const report::ChecklistRow& row : model.contracts[0].checklist) {
        expect(row.title);
        expect(row.meaning);
        expect(row.ask);
        expect(row.note);
        for (const clauses::Evidence& evidence : row.evidence)
            expect(evidence.text);
    }
    for (const std::string& sentence : model.stands_out)
        expect(sentence);
    for (const std::string& task : model.do_next)
        expect(task);
    for (const report::KeyDate& key : model.dates)
        expect(key.what);
    for (const project::AuditEntry& entry : model.audit)
        expect(entry.detail);
    for (const std::string& note : model.matrix->notes)
        expect(note);
    for (const simulation::Outcome& outcome : model.matrix->outcomes)
        expect(outcome.decides);
    for (const simulation::WaterfallStep& step : model.prospects->steps.steps)
        expect(step.title.substr(1)); // begins with a capital
    expect(model.prospects->varies);
    expect("100,000 paths, seed 1");
    expect("93 %");
    expect("€ 90,000 dearer to € 640,000 cheaper than Spike +50 %");
    expect(model.contracts[0].sha256);
    expect(model.pack_sha256);
    expect("§8.2 · p. 7");
    expect("Schedule C · p. 15");
    expect("Decision gate 3 Sep 2027");
    expect("€ 4,469,828"); // digits on cells, and yet one word
    const QString pages = report.pages.join(u' ');
    for (const char* words : {"Aurora AI", "30 Nov 2026", "Signature", "ai-procurement 1.0"})
        QVERIFY2(pages.contains(QString::fromUtf8(words), Qt::CaseInsensitive), words);
}

void TestReportPdf::checks_stand_under_their_categories()
{
    report::Model model = samples::whole();
    auto& checklist = model.contracts[0].checklist; // the first check, on Data, is now the last
    std::rotate(checklist.begin(), checklist.begin() + 1, checklist.end());
    const Read report = read(model);
    const auto place_of = [&](const char* title) {
        // Its cell in the checklist, which has the words on the decision.
        for (qsizetype i = 0; i < report.cells.size(); ++i) {
            if (report.cells[i].startsWith(QString::fromLatin1(title)) &&
                report.cells[i].contains(QStringLiteral("points")))
                return i;
        }
        return qsizetype{-1};
    };
    QVERIFY(place_of("No training on our data") > 0);
    QVERIFY(place_of("No training on our data") > place_of("Data portability"));
    QVERIFY(place_of("No training on our data") < place_of("Model hand-over"));
}

void TestReportPdf::bookmarks_lead_to_their_headings()
{
    const Read report = read(samples::several(3));
    QStringList names;
    put_bookmarks(report.document->outline(), names);
    for (const char* name :
         {"Cover", "Summary", "Checklist: Order form 2 under the master services agreement",
          "What staying and leaving cost", "Scenario matrix", "Gates and dates", "Appendix", "Audit trail"})
        QVERIFY2(names.contains(QString::fromUtf8(name)), name);
    QCOMPARE(names.size(), static_cast<qsizetype>(report.composed.bookmarks.size()));
    for (const report::Bookmark& mark : report.composed.bookmarks) {
        if (mark.page > 0)
            QVERIFY2(squashed(report.pages[mark.page]).contains(squashed(mark.title)),
                     qPrintable(mark.title));
    }
}

void TestReportPdf::the_summary_is_one_page()
{
    const Read report = read(samples::whole());
    const auto& marks = report.composed.bookmarks;
    const auto page_of = [&](const char* title) {
        return std::find_if(marks.begin(), marks.end(),
                            [&](const auto& m) { return m.title == QString::fromLatin1(title); })
            ->page;
    };
    QCOMPARE(page_of("Summary"), 1);
    QCOMPARE(page_of("The three most urgent asks"), 1);
    QCOMPARE(page_of("Checklist"), 2);
    QVERIFY(report.pages[1].contains(QStringLiteral("Approved by")));
}

void TestReportPdf::three_hundred_findings_are_all_there()
{
    const Read report = read(samples::large(300));
    const QString text = report.pages.join(u' ');
    const QString tight = squashed(report.cells.join(u' '));
    for (int i = 0; i < 300; ++i)
        QVERIFY2(tight.contains(QStringLiteral("Findingnumber%1.").arg(i)), qPrintable(QString::number(i)));
    const QString beef = QStringLiteral("Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz");
    QVERIFY(tight.count(beef) > 1000);
    // Column titles are repeated on the pages that a table runs over.
    QVERIFY(text.count(QStringLiteral("What the contract says")) > 20);
}

void TestReportPdf::an_empty_project_says_what_is_missing()
{
    const Read report = read(samples::empty());
    QVERIFY(report.composed.pages <= 4);
    QVERIFY(report.pages[0].contains(QStringLiteral("No contract has been added yet")));
    QVERIFY(report.pages[1].contains(QStringLiteral("Add the vendor's contract")));
    const QString rest = report.pages.mid(2).join(u' ');
    for (const char* words : {"Import usage logs", "No dates are known yet", "create project"})
        QVERIFY2(rest.contains(QString::fromLatin1(words)), qPrintable(rest));
}

void TestReportPdf::an_unread_contract_has_no_index_data()
{
    QTest::addColumn<int>("contracts");
    QTest::newRow("alone") << 1;
    QTest::newRow("one of two") << 2;
}

void TestReportPdf::an_unread_contract_has_no_index()
{
    QFETCH(int, contracts);
    report::Model model = contracts == 1 ? samples::whole() : samples::several(contracts);
    report::ContractPart& part = model.contracts.front();
    part.outside = "de";
    part.index.reviewed = 0;
    part.index.value = 777;
    part.urgent.clear();
    const Read report = read(model);
    const QString text = squashed(report.pages.join(u' '));
    QVERIFY(squashed(report.pages[0]).contains(QStringLiteral("Nolock-inindex.")));
    QVERIFY(squashed(report.pages[1])
                .contains(contracts == 1 ? QStringLiteral("Nolock-inindex.") : QStringLiteral("–")));
    QVERIFY(!text.contains(QStringLiteral("77.7")));
    QCOMPARE(text.contains(QStringLiteral("of100")), contracts > 1); // of the other
}

void TestReportPdf::hostile_texts_are_drawn_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("control characters") << QByteArray("a\0b\x01\x1b[31m\t\r\n\v\f", 14);
    QTest::newRow("not UTF-8") << QByteArray("\xFF\xFE\xC3(");
    QTest::newRow("letters without end") << QByteArray(200000, 'W');
    QTest::newRow("line feeds") << QByteArray(1000, '\n');
    QTest::newRow("right to left") << QByteArray("עברית العربية \u202E drawkcab");
    QTest::newRow("emoji and combining marks") << QByteArray("📄 e\u0301\u0301\u0301\u0301 नमस्ते 漢字");
    QTest::newRow("markup") << QByteArray("<b>bold</b> %1 %2 {} \\ ( ) ");
}

void TestReportPdf::hostile_texts_are_drawn()
{
    QFETCH(QByteArray, text);
    const std::string words = text.toStdString();
    report::Model model = samples::whole();
    model.project = model.profile = model.traffic = model.prices = words;
    model.currency = words.substr(0, 40);
    report::ContractPart& part = model.contracts[0];
    part.title = part.vendor = part.document = part.sha256 = words;
    report::ChecklistRow& row = part.checklist[0];
    row.title = row.meaning = row.ask = row.note = row.author = words;
    row.evidence[0].text = row.evidence[0].section = words;
    model.stands_out = model.do_next = {words};
    model.dates[0].what = words;
    model.matrix->outcomes[1].title = model.matrix->outcomes[1].decides = words;
    model.matrix->currency = words.substr(0, 40);
    model.audit[0].detail = words;
    const Read report = read(model);
    QVERIFY(report.document->numPages() >= 7);
    QVERIFY(report.document->numPages() < 500); // texts are cut after 20,000 characters
}

void TestReportPdf::the_same_model_gives_the_same_pages()
{
    const Read first = read(samples::several(3));
    const Read second = read(samples::several(3));
    QCOMPARE(first.pages, second.pages);
    QCOMPARE(first.composed.pages, second.composed.pages);
}

void TestReportPdf::an_old_file_is_replaced_whole()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("Bericht größer.pdf"));
    QFile old(path);
    QVERIFY(old.open(QIODevice::WriteOnly));
    old.write(QByteArray(10 << 20, 'x'));
    old.close();
    const auto status = report::write_pdf(samples::empty(), path.toStdString());
    QVERIFY2(status.has_value(), status ? "" : status.error().message.c_str());
    const std::unique_ptr<Poppler::Document> document(Poppler::Document::load(path));
    QVERIFY(document);
    QVERIFY(document->numPages() >= 3);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
}

void TestReportPdf::a_path_that_cannot_be_written_is_an_error()
{
    QTemporaryDir folder;
    const QString missing = folder.filePath(QStringLiteral("no/such/folder/report.pdf"));
    const auto status = report::write_pdf(samples::empty(), missing.toStdString());
    QVERIFY(!status);
    QVERIFY(status.error().code == base::ErrorCode::Io);
    QVERIFY(!report::write_pdf(samples::empty(), folder.path().toStdString()));
    QVERIFY(QDir(folder.path()).isEmpty());
}

void TestReportPdf::json_has_the_same_facts()
{
    const report::Model model = samples::whole();
    const auto value = nlohmann::json::parse(report::to_json(model));
    QCOMPARE(value["project"].get<std::string>(), model.project);
    QCOMPARE(value["contracts"][0]["index"]["value"].get<double>(), model.contracts[0].index.value / 10.0);
    QCOMPARE(value["contracts"][0]["checklist"].size(), model.contracts[0].checklist.size());
    QCOMPARE(value["contracts"][0]["checklist"][0]["decision"]["author"].get<std::string>(),
             std::string("m.keller"));
    QVERIFY(!value["contracts"][0]["checklist"][1].contains("decision"));
    QCOMPARE(value["dates"][0]["date"].get<std::string>(), std::string("2026-12-16"));
    QCOMPARE(value["audit"].size(), model.audit.size());
    QCOMPARE(value["matrix"]["outcomes"][0]["total"].get<std::string>(),
             model.matrix->outcomes[0].total.to_string());
    const auto& prospects = value["prospects"];
    QCOMPARE(prospects["paths"].get<int>(), 100'000);
    QCOMPARE(prospects["scenarios"].size(), model.prospects->rows.size());
    QVERIFY(prospects["scenarios"][1]["leaving"].is_null());
    QCOMPARE(prospects["scenarios"][2]["leaving"]["chance"].get<double>(), 0.934);
    QCOMPARE(prospects["waterfall"]["steps"][1]["amount"].get<std::string>(), std::string("-1400000"));
    const auto none = nlohmann::json::parse(report::to_json(samples::empty()));
    QVERIFY(none["matrix"].is_null());
    QVERIFY(none["prospects"].is_null());
    report::Model odd = model;
    odd.project = "\xFF";
    QVERIFY(!nlohmann::json::parse(report::to_json(odd)).is_discarded());
}

QTEST_MAIN(TestReportPdf)
#include "tst_report_pdf.moc"
