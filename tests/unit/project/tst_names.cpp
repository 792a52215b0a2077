#include "core/project/names.h"

#include <QTest>

using namespace leeway;

class TestNames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void names_data();
    void names();
};

void TestNames::names_data()
{
    QTest::addColumn<QByteArrayList>("blocks");
    QTest::addColumn<QByteArrayList>("vendorRoles");
    QTest::addColumn<QByteArray>("title");
    QTest::addColumn<QByteArray>("vendor");
    const QByteArrayList provider{"Provider"};
    QTest::newRow("vendor first")
        << QByteArrayList{"MASTER SERVICES AGREEMENT",
                          "between Acme Models GmbH, Berlin (“Provider”) and Blue Harbour "
                          "Ltd (“Customer”)."}
        << provider << QByteArray("Master Services Agreement") << QByteArray("Acme Models GmbH");
    QTest::newRow("customer first")
        << QByteArrayList{"Hosting Agreement",
                          "Blue Harbour Ltd (\"Customer\") and Acme Models, Inc., a corporation "
                          "of Delaware (\"Provider\"), agree as follows."}
        << provider << QByteArray("Hosting Agreement") << QByteArray("Acme Models, Inc.");
    QTest::newRow("role with an article")
        << QByteArrayList{"Terms of Service", "These terms are offered by Acme Models B.V. (the “Provider”)."}
        << provider << QByteArray("Terms of Service") << QByteArray("Acme Models B.V.");
    QTest::newRow("no defined term") << QByteArrayList{"Terms", "Welcome to Acme Models LLC."}
                                     << QByteArrayList{"We"} << QByteArray("Terms")
                                     << QByteArray("Acme Models LLC");
    QTest::newRow("no company, no title")
        << QByteArrayList{"You may use the service."} << QByteArrayList{"We"}
        << QByteArray("Acme master agreement") << QByteArray();
    QTest::newRow("a sentence is no title") << QByteArrayList{"This agreement is short."} << provider
                                            << QByteArray("Acme master agreement") << QByteArray();
}

void TestNames::names()
{
    QFETCH(QByteArrayList, blocks);
    QFETCH(QByteArrayList, vendorRoles);
    document::Document document;
    document.name = "acme-master_agreement.pdf";
    for (const QByteArray& text : blocks) {
        document::Block block;
        block.begin = static_cast<std::uint32_t>(document.text.size());
        document.text += text.toStdString();
        block.end = static_cast<std::uint32_t>(document.text.size());
        document.text += "\n\n";
        document.blocks.push_back(block);
    }
    clauses::Review review;
    for (const QByteArray& role : vendorRoles)
        review.parties.vendor.push_back(role.toStdString());
    review.parties.customer = {"Customer"};
    const project::Names names = project::suggested_names(document, review);
    QTEST(QByteArray::fromStdString(names.title), "title");
    QTEST(QByteArray::fromStdString(names.vendor), "vendor");
}

QTEST_GUILESS_MAIN(TestNames)
#include "tst_names.moc"
