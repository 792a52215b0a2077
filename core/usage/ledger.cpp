#include "core/usage/ledger.h"

namespace leeway::usage {
namespace {

constexpr std::string_view magic = "LWledger1\n";

// Little endian, on every machine.
void put(std::string& bytes, std::uint64_t value)
{
    for (int shift = 0; shift < 64; shift += 8)
        bytes += static_cast<char>(value >> shift & 0xffU);
}

void put(std::string& bytes, const Digest& digest)
{
    put(bytes, digest.low);
    put(bytes, digest.high);
}

std::uint64_t take(std::string_view& bytes)
{
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < 8; ++i)
        value |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << 8 * i;
    bytes.remove_prefix(8);
    return value;
}

Digest take_digest(std::string_view& bytes)
{
    const std::uint64_t low = take(bytes);
    return {low, take(bytes)};
}

}

std::string to_bytes(const Ledger& ledger)
{
    std::string bytes(magic);
    put(bytes, ledger.logs.size());
    for (const ImportedLog& log : ledger.logs) {
        put(bytes, log.head);
        put(bytes, log.whole);
        put(bytes, static_cast<std::uint64_t>(log.lines));
    }
    ledger.ids.for_each([&](const Digest& id) { put(bytes, id); });
    return bytes;
}

base::Result<Ledger> ledger_from_bytes(std::string_view bytes)
{
    constexpr std::size_t log_size = 40;
    constexpr std::size_t id_size = 16;
    const auto damaged = [] {
        return base::fail(base::ErrorCode::Invalid, "The record of what was imported before is damaged.");
    };
    Ledger ledger;
    if (bytes.empty())
        return ledger;
    if (!bytes.starts_with(magic) || bytes.size() < magic.size() + 8)
        return damaged();
    bytes.remove_prefix(magic.size());
    const std::uint64_t logs = take(bytes);
    if (logs > bytes.size() / log_size || (bytes.size() - logs * log_size) % id_size != 0)
        return damaged();
    for (std::uint64_t i = 0; i < logs; ++i) {
        ImportedLog log{take_digest(bytes), take_digest(bytes), 0};
        log.lines = static_cast<std::int64_t>(take(bytes));
        if (log.lines < 0)
            return damaged();
        ledger.logs.push_back(log);
    }
    while (!bytes.empty())
        ledger.ids.insert(take_digest(bytes));
    return ledger;
}

}
