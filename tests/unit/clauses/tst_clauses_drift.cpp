// Two versions of small contracts: which clauses are the same, which words changed, what became of the
// checks.

#include "core/clauses/drift/drift.h"
#include "core/clauses/drift/serialise.h"
#include "core/clauses/drift/worddiff.h"
#include "texts.h"

#include <QtTest>
#include <map>

using namespace leeway;
using namespace leeway::clauses;

namespace {

const char* const three = "1. Term. This Agreement runs for one year from the first order.\n\n"
                          "2. Fees. Customer shall pay the fees within thirty days of the invoice.\n\n"
                          "3. Law. The courts of Bern decide all disputes under this Agreement.\n\n";

document::Document text(const QByteArray& words)
{
    return test::read(words.toStdString(), document::Format::Text);
}

Drift drift_of(const document::Document& before, const document::Document& after)
{
    return compare(before, {}, after, {});
}

QByteArrayList changed_words(const document::Document& document, const ClauseSide& side)
{
    QByteArrayList result;
    for (const ByteRange& range : side.changed) {
        const auto slice = document.slice(range.begin, range.end);
        result << QByteArray(slice.data(), qsizetype(slice.size()));
    }
    return result;
}

Finding finding(const document::Document& document, Verdict verdict, std::string_view passage)
{
    Finding result;
    result.check = "no-training";
    result.verdict = verdict;
    if (const auto at = document.text.find(passage); !passage.empty() && at != std::string::npos)
        result.evidence.push_back({static_cast<std::uint32_t>(at),
                                   static_cast<std::uint32_t>(at + passage.size()), 0, "",
                                   std::string(passage), Role::Gives});
    return result;
}

}

class TestDrift : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void clauses_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<QByteArray>("counts"); // unchanged, moved, reworded, added, removed
        const QByteArray old = QByteArray(three);
        const auto row = [&](const char* name, const QByteArray& before, const QByteArray& after,
                             const char* counts) {
            QTest::newRow(name) << before << after << QByteArray(counts);
        };
        row("the same", old, old, "3 0 0 0 0");
        row("case, quotes and punctuation", old, QByteArray(old).replace("fees within", "FEES, within"),
            "3 0 0 0 0");
        row("curly quotes", "The “Vendor” is the party’s supplier of record.",
            "The \"Vendor\" is the party's supplier of record.", "1 0 0 0 0");
        row("a figure", old, QByteArray(old).replace("thirty", "sixty"), "2 0 1 0 0");
        row("a decimal", "The cap is 1.5 times the fees paid.", "The cap is 15 times the fees paid.",
            "0 0 1 0 0");
        row("a percentage", "The cap is 5 % of the fees paid so far.",
            "The cap is 5 of the fees paid so far.", "0 0 1 0 0");
        row("added", old, old + "4. Notices. Letters go to the registered office of each party.\n\n",
            "3 0 0 1 0");
        row("removed", old + "4. Notices. Letters go to the registered office of each party.\n\n", old,
            "3 0 0 0 1");
        row("replaced by another subject", "1. Pets. Dogs stay outside.\n\n" + old,
            "1. Audit. Books are shown yearly.\n\n" + old, "3 0 0 1 1");
        row("nothing in common", "Alpha beta gamma delta.", "One two three four.", "0 0 0 1 1");
        row("renumbered and moved", old,
            "1. Law. The courts of Bern decide all disputes under this Agreement.\n\n"
            "2. Term. This Agreement runs for one year from the first order.\n\n"
            "3. Fees. Customer shall pay the fees within thirty days of the invoice.\n\n",
            "2 1 0 0 0");
        row("cut in two", "Vendor keeps the data for a year. Vendor then deletes all of the data it holds.",
            "Vendor keeps the data for a year.\n\nVendor then deletes all of the data it holds.",
            "0 2 0 0 0");
        row("joined", "Vendor keeps the data for a year.\n\nVendor then deletes all of the data it holds.",
            "Vendor keeps the data for a year. Vendor then deletes all of the data it holds.", "0 2 0 0 0");
        row("the same twice, once more", "Same words here again.\n\nSame words here again.",
            "Same words here again.\n\nSame words here again.\n\nSame words here again.", "2 0 0 1 0");
        row("from nothing to read", "---", old, "0 0 0 3 0");
    }

    void clauses()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QFETCH(QByteArray, counts);
        const auto old_text = text(before);
        const auto new_text = text(after);
        const Drift drift = drift_of(old_text, new_text);
        QByteArrayList found;
        for (const ClauseChange change : {ClauseChange::Unchanged, ClauseChange::Moved,
                                          ClauseChange::Reworded, ClauseChange::Added, ClauseChange::Removed})
            found << QByteArray::number(drift.count(change));
        QCOMPARE(found.join(' '), counts);
    }

    void wordSpans_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<QByteArrayList>("gone");
        QTest::addColumn<QByteArrayList>("come");
        const auto row = [](const char* name, const char* before, const char* after, QByteArrayList gone,
                            QByteArrayList come) {
            QTest::newRow(name) << QByteArray(before) << QByteArray(after) << gone << come;
        };
        row("a word", "Vendor may use the content to train its models.",
            "Vendor may not use the content to train its models.", {}, {"not"});
        row("figures", "Either party may leave on thirty (30) days notice to the other.",
            "Either party may leave on ninety (90) days notice to the other.", {"thirty (30"},
            {"ninety (90"});
        row("small words between", "Vendor deletes the logs and the copies at the end of the term.",
            "Vendor deletes the backups and all archives at the end of the term.", {"logs and the copies"},
            {"backups and all archives"});
        row("at the end", "Customer owns all output.", "Customer owns all output and all input.", {},
            {"and all input"});
        row("numbers of clauses are not words", "4.2 Customer owns all the output it makes.",
            "5.1 Customer owns all the results it makes.", {"output"}, {"results"});
        row("a sentence that stands elsewhere is no change",
            "Vendor hosts the service and each copy of it in Norway. Vendor answers every call within one "
            "hour.",
            "Vendor hosts the service and each copy of it in Sweden.\n\nVendor answers every call within one "
            "hour.",
            {"Norway"}, {"Sweden"});
    }

    void wordSpans()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QFETCH(QByteArrayList, gone);
        QFETCH(QByteArrayList, come);
        const auto old_text = text(before);
        const auto new_text = text(after);
        const Drift drift = drift_of(old_text, new_text);
        const auto reworded =
            std::find_if(drift.clauses.begin(), drift.clauses.end(),
                         [](const ClauseDrift& c) { return c.change == ClauseChange::Reworded; });
        QVERIFY(reworded != drift.clauses.end());
        QCOMPARE(changed_words(old_text, reworded->before), gone);
        QCOMPARE(changed_words(new_text, reworded->after), come);
    }

    void everyBlockOnce()
    {
        // Whatever changed, each block with words stands on one side of exactly one clause or was moved.
        QString before;
        QString after;
        for (int i = 0; i < 60; ++i) {
            const QString clause =
                QStringLiteral("%1. The vendor keeps record %2 of site %3 and shows it to inspector %4.\n\n");
            before += clause.arg(i + 1).arg(i * 7 % 13).arg(i).arg(i * i % 17);
            if (i % 5 != 0)
                after =
                    clause.arg(60 - i).arg(i * 7 % 13).arg(i % 3 == 0 ? i + 100 : i).arg(i * i % 17) + after;
        }
        const auto old_text = text(before.toUtf8());
        const auto new_text = text(after.toUtf8());
        const Drift drift = drift_of(old_text, new_text);
        std::map<int, int> olds;
        std::map<int, int> news;
        for (const ClauseDrift& clause : drift.clauses) {
            if (clause.before.block >= 0)
                ++olds[clause.before.block];
            if (clause.after.block >= 0)
                ++news[clause.after.block];
            if (clause.change == ClauseChange::Unchanged || clause.change == ClauseChange::Moved)
                QVERIFY(clause.before.changed.empty() && clause.after.changed.empty());
        }
        QCOMPARE(olds.size(), old_text.blocks.size());
        QCOMPARE(news.size(), new_text.blocks.size());
        QVERIFY(std::all_of(olds.begin(), olds.end(), [](const auto& o) { return o.second == 1; }));
        QVERIFY(std::all_of(news.begin(), news.end(), [](const auto& n) { return n.second == 1; }));
    }

    void differencesRebuildTheText_data()
    {
        QTest::addColumn<int>("words");
        QTest::addColumn<int>("every"); // which word is changed
        QTest::newRow("few edits") << 300 << 40;
        QTest::newRow("many edits") << 3000 << 3;
        QTest::newRow("all edited") << 2000 << 1;
    }

    // What is outside the changed runs is the same, word by word, on both sides.
    void differencesRebuildTheText()
    {
        QFETCH(int, words);
        QFETCH(int, every);
        QByteArrayList before;
        QByteArrayList after;
        for (int i = 0; i < words; ++i) {
            before << "w" + QByteArray::number(i * 31 % 97);
            if (i % every != 0)
                after << before.back();
            else if (i % 2 == 0)
                after << "n" + QByteArray::number(i);
        }
        const Worded a = words_of(text(before.join(' ')));
        const Worded b = words_of(text(after.join(' ')));
        const Span all_a{0, static_cast<std::uint32_t>(a.words.size())};
        const Span all_b{0, static_cast<std::uint32_t>(b.words.size())};
        const WordDiff diff = diff_words(a.words, all_a, b.words, all_b);
        const auto rest = [](const std::vector<WordAt>& all, const std::vector<Span>& runs) {
            std::vector<std::uint64_t> hashes;
            std::uint32_t at = 0;
            for (const Span& run : runs) {
                for (; at < run.begin; ++at)
                    hashes.push_back(all[at].hash);
                at = run.end;
            }
            for (; at < all.size(); ++at)
                hashes.push_back(all[at].hash);
            return hashes;
        };
        QCOMPARE(rest(a.words, diff.before), rest(b.words, diff.after));
    }

    void courses_data()
    {
        QTest::addColumn<int>("before");
        QTest::addColumn<QByteArray>("passageBefore");
        QTest::addColumn<int>("after");
        QTest::addColumn<QByteArray>("passageAfter");
        QTest::addColumn<QByteArray>("course");
        const QByteArray fees = QByteArray("Customer shall pay the fees within thirty days of the invoice.");
        const QByteArray law = QByteArray("The courts of Bern decide all disputes under this Agreement.");
        const auto row = [](const char* name, Verdict before, const QByteArray& old_passage, Verdict after,
                            const QByteArray& new_passage, const char* course) {
            QTest::newRow(name) << int(before) << old_passage << int(after) << new_passage
                                << QByteArray(course);
        };
        row("the same", Verdict::Partial, fees, Verdict::Partial, fees, "same");
        row("another passage that both have", Verdict::Partial, fees, Verdict::Partial, law, "same");
        row("silent in both", Verdict::Missing, {}, Verdict::Missing, {}, "same");
        row("new words", Verdict::Partial, fees, Verdict::Partial, QByteArray("Only the new text has this."),
            "reworded");
        row("worse", Verdict::Missing, {}, Verdict::Adverse, fees, "worse");
        row("silence is worse than a weak promise", Verdict::Partial, fees, Verdict::Missing, {}, "worse");
        row("better", Verdict::Adverse, fees, Verdict::Met, fees, "better");
    }

    void courses()
    {
        QFETCH(int, before);
        QFETCH(QByteArray, passageBefore);
        QFETCH(int, after);
        QFETCH(QByteArray, passageAfter);
        QFETCH(QByteArray, course);
        const auto old_text = text(QByteArray(three));
        const auto new_text = text(QByteArray(three) + QByteArray("4. Only the new text has this.\n"));
        Review old_review;
        old_review.findings = {finding(old_text, Verdict(before), passageBefore.toStdString())};
        Review new_review;
        new_review.findings = {finding(new_text, Verdict(after), passageAfter.toStdString())};
        const Drift drift = compare(old_text, old_review, new_text, new_review);
        QCOMPARE(drift.checks.size(), std::size_t{1});
        QCOMPARE(QByteArray::fromStdString(std::string(to_string(drift.checks[0].course))), course);
    }

    void json()
    {
        const auto old_text = text(QByteArray(three));
        const auto new_text = text(QByteArray(three).replace("thirty", "sixty"));
        const auto answer = to_json(drift_of(old_text, new_text), old_text, new_text);
        QCOMPARE(answer.at("clauses").at("counts").at("reworded").get<int>(), 1);
        const auto& change = answer.at("clauses").at("changes").at(0);
        QCOMPARE(change.at("before").at("section").get<std::string>(), std::string("2"));
        QCOMPARE(change.at("before").at("changed").at(0).get<std::string>(), std::string("thirty"));
        QCOMPARE(change.at("after").at("changed").at(0).get<std::string>(), std::string("sixty"));
    }
};

QTEST_GUILESS_MAIN(TestDrift)
#include "tst_clauses_drift.moc"
