#include "core/usage/warehouse/engines/sessions.h"

#include <array>
#include <chrono>
#include <filesystem>
#include <fmt/format.h>
#include <libpq-fe.h>
#include <poll.h>
#include <utility>
#include <vector>

namespace leeway::usage::warehouse {
namespace {

struct Close
{
    void operator()(PGconn* connection) const { PQfinish(connection); }
    void operator()(PGresult* result) const { PQclear(result); }
    void operator()(PGcancel* cancel) const { PQfreeCancel(cancel); }
};
using Connected = std::unique_ptr<PGconn, Close>;
using Result = std::unique_ptr<PGresult, Close>;

constexpr auto tick = std::chrono::milliseconds(100);
constexpr std::string_view system_certificates = "/etc/ssl/certs/ca-certificates.crt";

// False when nothing came within a tick.
bool wait_for(int socket, short events)
{
    pollfd watched{socket, events, 0};
    return poll(&watched, 1, static_cast<int>(tick.count())) != 0;
}

class PostgresSession : public Session
{
public:
    PostgresSession(Connection connection, std::string password)
        : m_connection(std::move(connection)),
          m_password(std::move(password))
    {
    }

    base::Status query(const std::string& sql, const RowSink& sink, const base::Progress& progress) override
    {
        m_deadline = std::chrono::steady_clock::now() + m_connection.timeout;
        if (m_server == nullptr || PQstatus(m_server.get()) != CONNECTION_OK) {
            if (auto status = connect(progress); !status)
                return status;
        }
        const auto status = run(sql, sink, progress);
        if (!status)
            m_server.reset(); // whatever is on the way is dropped with it
        return status;
    }

    [[nodiscard]] const Connection& connection() const override { return m_connection; }

private:
    [[nodiscard]] tl::unexpected<base::Error> failed(base::ErrorCode code, std::string_view what) const
    {
        const std::string why = complaint_of(PQerrorMessage(m_server.get()), m_password);
        return base::fail(code, fmt::format("{}; nothing was imported. {}", what, why));
    }

    // Why waiting ends, if it does: stopped by the user or out of time.
    [[nodiscard]] base::Status still_wanted(const base::Progress& progress) const
    {
        if (!base::keep_going(progress, 0, 0))
            return base::fail(base::ErrorCode::Cancelled, "The import was stopped.");
        if (std::chrono::steady_clock::now() < m_deadline)
            return {};
        return base::fail(
            base::ErrorCode::TooLarge,
            fmt::format("PostgreSQL did not answer within {} seconds; nothing was imported. Import "
                        "fewer days at a time, or give more time with ?timeout=SECONDS.",
                        m_connection.timeout.count()));
    }

    base::Status connect(const base::Progress& progress)
    {
        std::string certificates = m_connection.certificates;
        if (certificates.empty() && m_connection.ssl_mode.starts_with("verify") &&
            std::filesystem::exists(system_certificates))
            certificates = system_certificates;
        const std::string port = fmt::format("{}", m_connection.port);
        const std::string options =
            fmt::format("-c default_transaction_read_only=on -c statement_timeout={} -c "
                        "TimeZone=UTC -c standard_conforming_strings=on",
                        std::chrono::milliseconds(m_connection.timeout).count());
        std::vector<const char*> names;
        std::vector<const char*> values;
        const std::array<std::pair<const char*, const std::string&>, 8> given{
            {{"host", m_connection.host},
             {"port", port},
             {"user", m_connection.user},
             {"password", m_password},
             {"dbname", m_connection.database},
             {"sslmode", m_connection.ssl_mode},
             {"sslrootcert", certificates},
             {"options", options}}};
        for (const auto& [name, value] : given) {
            if (value.empty())
                continue;
            names.push_back(name);
            values.push_back(value.c_str());
        }
        names.insert(names.end(), {"client_encoding", "application_name", nullptr});
        values.insert(values.end(), {"UTF8", "Leeway", nullptr});
        m_server.reset(PQconnectStartParams(names.data(), values.data(), 0));
        const auto unreachable = [&] {
            auto error =
                failed(base::ErrorCode::Io, fmt::format("“{}” cannot be reached", name_of(m_connection)));
            m_server.reset();
            return error;
        };
        if (m_server == nullptr || PQstatus(m_server.get()) == CONNECTION_BAD)
            return unreachable();
        PostgresPollingStatusType state = PGRES_POLLING_WRITING;
        while (state != PGRES_POLLING_OK) {
            if (state == PGRES_POLLING_FAILED)
                return unreachable();
            while (!wait_for(PQsocket(m_server.get()), state == PGRES_POLLING_READING ? POLLIN : POLLOUT)) {
                if (auto status = still_wanted(progress); !status)
                    return status;
            }
            state = PQconnectPoll(m_server.get());
        }
        return {};
    }

    void cancel()
    {
        const std::unique_ptr<PGcancel, Close> request(PQgetCancel(m_server.get()));
        std::array<char, 256> error{};
        if (request != nullptr)
            PQcancel(request.get(), error.data(), static_cast<int>(error.size()));
    }

    base::Status run(const std::string& sql, const RowSink& sink, const base::Progress& progress)
    {
        if (PQsendQuery(m_server.get(), sql.c_str()) == 0 || PQsetSingleRowMode(m_server.get()) == 0)
            return failed(base::ErrorCode::Io, "PostgreSQL does not take the query");
        while (true) {
            while (PQisBusy(m_server.get()) != 0) {
                const auto wanted = still_wanted(progress);
                if (!wanted) {
                    cancel();
                    return wanted;
                }
                if (wait_for(PQsocket(m_server.get()), POLLIN) && PQconsumeInput(m_server.get()) == 0)
                    return failed(base::ErrorCode::Io,
                                  "The connection to PostgreSQL was lost during the query");
            }
            const Result result(PQgetResult(m_server.get()));
            if (result == nullptr)
                return {};
            if (auto status = take(*result, sink); !status) {
                cancel();
                return status;
            }
        }
    }

    base::Status take(const PGresult& result, const RowSink& sink)
    {
        switch (PQresultStatus(&result)) {
        case PGRES_SINGLE_TUPLE: {
            const int columns = PQnfields(&result);
            m_values.clear();
            for (int i = 0; i < columns; ++i)
                m_values.emplace_back(PQgetvalue(&result, 0, i),
                                      static_cast<std::size_t>(PQgetlength(&result, 0, i)));
            return sink(m_values);
        }
        case PGRES_TUPLES_OK:
        case PGRES_COMMAND_OK:
            return {};
        default:
            break;
        }
        if (PQstatus(m_server.get()) != CONNECTION_OK)
            return failed(base::ErrorCode::Io, "The connection to PostgreSQL was lost during the query");
        const char* state = PQresultErrorField(&result, PG_DIAG_SQLSTATE);
        const bool too_long = state != nullptr && std::string_view(state) == "57014"; // query_canceled
        return base::fail(too_long ? base::ErrorCode::TooLarge : base::ErrorCode::Database,
                          fmt::format("PostgreSQL refuses the query; nothing was imported. {}",
                                      complaint_of(PQresultErrorMessage(&result), m_password)));
    }

    Connection m_connection;
    std::string m_password;
    Connected m_server;
    std::chrono::steady_clock::time_point m_deadline;
    std::vector<std::string_view> m_values;
};

}

std::unique_ptr<Session> postgres_session(const Connection& connection, const std::string& password)
{
    return std::make_unique<PostgresSession>(connection, password);
}

}
