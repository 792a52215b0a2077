#include "core/fallback/endpoints/key.h"

#include <QTest>
#include <atomic>
#include <thread>
#include <vector>

using namespace leeway;
using namespace leeway::fallback;

class TestKeys : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aKeyIsKnownByItsAddress_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("name");
        QTest::newRow("as it is") << "https://models.example.com/v1"
                                  << "https://models.example.com/v1";
        QTest::newRow("a slash") << "https://models.example.com/v1/"
                                 << "https://models.example.com/v1";
        QTest::newRow("great letters") << "HTTPS://Models.Example.com"
                                       << "https://models.example.com";
        QTest::newRow("usual port") << "https://models.example.com:443/"
                                    << "https://models.example.com";
        QTest::newRow("another port") << "http://127.0.0.1:8080"
                                      << "http://127.0.0.1:8080";
        QTest::newRow("path keeps its letters") << "https://x.example/A"
                                                << "https://x.example/A";
        QTest::newRow("no address") << "models"
                                    << "models";
    }
    void aKeyIsKnownByItsAddress()
    {
        QFETCH(QString, url);
        QFETCH(QString, name);
        QCOMPARE(QString::fromStdString(key_name(url.toStdString())), name);
    }

    void noKeyGoesToAnEndpointThatNamesNone()
    {
        qputenv(default_key_variable, "sk-other");
        Endpoint endpoint;
        endpoint.url = "https://nobody-has-a-key.example.com";
        QCOMPARE(key_for(endpoint).value_or("unreadable").find("sk-other"), std::string::npos);
        endpoint.key_variable = default_key_variable;
        QCOMPARE(*key_for(endpoint), std::string("sk-other"));
        endpoint.key_variable.clear();
        qputenv(default_key_variable, "");
        QCOMPARE(*key_for(endpoint), std::string()); // also where the keychain is out of order
        qunsetenv(default_key_variable);
    }

    // Without an event loop of their own, and at the same time; the keychain is one that does not answer.
    void keysAreReadOnAnyThread()
    {
        const bool had_bus = qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS");
        const QByteArray bus = qgetenv("DBUS_SESSION_BUS_ADDRESS");
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus");
        qputenv("LEEWAY_TEST_KEY", "sk-123");
        Endpoint named;
        named.url = "https://models.example.com";
        named.key_variable = "LEEWAY_TEST_KEY";
        std::atomic<int> keys = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([&] { keys += key_for(named).value_or("") == "sk-123" ? 1 : 0; });
        for (std::thread& thread : threads)
            thread.join();
        had_bus ? qputenv("DBUS_SESSION_BUS_ADDRESS", bus) : qunsetenv("DBUS_SESSION_BUS_ADDRESS");
        qunsetenv("LEEWAY_TEST_KEY");
        QCOMPARE(keys.load(), 8);
    }

    void keys()
    {
        Endpoint endpoint;
        endpoint.url = "https://models.example.com";
        endpoint.key_variable = "LEEWAY_TEST_KEY";
        qputenv("LEEWAY_TEST_KEY", " sk-123\n");
        QCOMPARE(*key_for(endpoint), std::string("sk-123"));
        qputenv("LEEWAY_TEST_KEY", "sk-123\r\nX-Other: 1");
        const auto broken = key_for(endpoint);
        QVERIFY(!broken.has_value());
        QVERIFY(broken.error().message.find("sk-123") == std::string::npos);
        qunsetenv("LEEWAY_TEST_KEY");
    }
};

QTEST_GUILESS_MAIN(TestKeys)
#include "tst_fallback_keys.moc"
