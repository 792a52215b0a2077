// The sample agreement against its labels.

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/clauses/review.h"
#include "texts.h"

#include <QtTest>

using namespace leeway;
using namespace leeway::clauses;

namespace {

constexpr double least_share = 0.86; // of the labelled verdicts

}

class TestSample : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void most_verdicts_are_right()
    {
        const auto folder = base::data_folder() / "resources" / "samples";
        const auto text = base::read_file(folder / "aurora-agreement.md", std::size_t{4} << 20);
        QVERIFY(text);
        const auto labels = base::read_json((folder / "aurora-agreement.labels.json").string());
        QVERIFY(labels);
        const auto pack = load_pack("ai-procurement");
        QVERIFY(pack);
        const Review found = review(test::read(*text), *pack);
        QCOMPARE(found.parties.vendor.empty() ? std::string() : found.parties.vendor.front(),
                 std::string("Provider"));
        QCOMPARE(found.parties.customer.empty() ? std::string() : found.parties.customer.front(),
                 std::string("Customer"));

        int right = 0, all = 0;
        for (const auto& label : labels->value.at("labels")) {
            const auto check = label.at("check").get<std::string>();
            for (const Finding& finding : found.findings) {
                if (finding.check != check)
                    continue;
                ++all;
                const std::string said(to_string(finding.verdict));
                right += said == label.at("verdict") ? 1 : 0;
                if (said != label.at("verdict"))
                    qInfo("%s: labelled %s, said %s", check.c_str(),
                          label.at("verdict").get<std::string>().c_str(), said.c_str());
            }
        }
        qInfo("%d of %d verdicts right", right, all);
        QVERIFY(all >= 20);
        QVERIFY2(right >= least_share * all, qPrintable(QString::number(right)));
    }
};

QTEST_GUILESS_MAIN(TestSample)
#include "tst_clauses_sample.moc"
