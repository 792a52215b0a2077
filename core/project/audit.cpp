#include "core/project/audit.h"

#include "core/base/text.h"
#include "core/project/database.h"

#include <cstdlib>
#include <pwd.h>
#include <unistd.h>

namespace leeway::project {

std::string login_name()
{
    for (const char* variable : {"USER", "LOGNAME"}) {
        const char* name = std::getenv(variable);
        if (name != nullptr && *name != '\0')
            return base::to_valid_utf8(name);
    }
    const passwd* entry = ::getpwuid(::geteuid());
    return entry != nullptr && entry->pw_name != nullptr ? base::to_valid_utf8(entry->pw_name) : "unknown";
}

base::Instant now()
{
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

void append_audit(SQLite::Database& database, const Deed& deed)
{
    Command(database, "INSERT INTO audit (time, author, action, detail) VALUES (?, ?, ?, ?)")(
        now(), login_name(), deed.action, deed.detail);
}

std::vector<AuditEntry> read_audit(SQLite::Database& database)
{
    std::vector<AuditEntry> entries;
    Command rows(database, "SELECT id, time, author, action, detail FROM audit ORDER BY id");
    rows.start();
    while (rows.next())
        entries.push_back({rows.integer(0), rows.instant(1), rows.text(2), rows.text(3), rows.text(4)});
    return entries;
}

}
