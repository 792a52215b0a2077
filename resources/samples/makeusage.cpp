// leeway_makeusage OUT.csv: six months of a made-up company's requests to language models in Leeway's usage
// format. Whole numbers only and a seeded generator of fixed algorithm: the same bytes on every machine.

#include <pcg_random.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

using std::chrono::sys_days;
using std::chrono::sys_seconds;

constexpr std::uint64_t Seed = 20260601;
constexpr sys_days FirstDay = std::chrono::year(2026) / 6 / 1;
constexpr sys_days EndDay = std::chrono::year(2026) / 12 / 1;
constexpr std::int64_t CacheLifeSeconds = 300;

struct Model
{
    std::string_view vendor;
    std::string_view name;
    bool billsCacheWrites;
    std::int64_t cacheBlock;       // prompt caches work in blocks of so many tokens
    std::int64_t firstTokenMs;     // without input
    std::int64_t inputTokensPerMs; // reading speed
    std::int64_t outputTokensPerSecond;
};

constexpr Model Large{"aurora", "aurora-large", false, 128, 620, 45, 72};
constexpr Model Small{"aurora", "aurora-compact", false, 128, 310, 90, 165};
constexpr Model Dialogue{"anthropic", "claude-sonnet-4-6", true, 1, 780, 50, 68};
constexpr Model Search{"mistral", "mistral/mistral-small-2603", false, 64, 190, 110, 140};

struct Request
{
    sys_seconds time{};
    const Model* model = nullptr;
    std::string_view tag{};
    std::string_view tier = "standard";
    std::int64_t conversation = 0; // 0: none
    std::int64_t input = 0;
    std::int64_t cacheRead = 0;
    std::int64_t cacheWrite = 0;
    std::int64_t output = 0;
    std::int64_t reasoning = 0;
    int user = 0; // 0: a batch job
    int status = 200;
    std::int64_t firstTokenMs = 0;
    std::int64_t latencyMs = 0; // 0: not known
};

class Generator
{
public:
    std::vector<Request> run();

private:
    std::int64_t between(std::int64_t low, std::int64_t high);
    // The lowest of `draws` draws: many small values and a long tail.
    std::int64_t skewed(std::int64_t low, std::int64_t high, int draws);
    bool chance(int perMille) { return between(0, 999) < perMille; }
    sys_seconds officeTime(sys_days day);
    void finish(Request request);
    void crmConversation(sys_days day);
    void summary(sys_days day);
    void mail(sys_days day);
    void search(sys_days day);
    void nightlyBatch(sys_days day, bool workday);

    pcg32 m_random{Seed};
    std::int64_t m_conversation = 0;
    std::vector<Request> m_requests;
};

std::int64_t Generator::between(std::int64_t low, std::int64_t high)
{
    return low + m_random(static_cast<std::uint32_t>(high - low + 1));
}

std::int64_t Generator::skewed(std::int64_t low, std::int64_t high, int draws)
{
    std::int64_t lowest = high;
    for (int i = 0; i < draws; ++i)
        lowest = std::min(lowest, between(low, high));
    return lowest;
}

// UTC; the office works from 06:00 to 17:00, most in mid-morning and after lunch.
sys_seconds Generator::officeTime(sys_days day)
{
    static constexpr std::array<int, 24> weights{0,  0,  0,  0,  1,  4,  22, 58, 92, 100, 88, 52,
                                                 70, 94, 86, 61, 30, 14, 6,  4,  2,  1,   1,  0};
    std::int64_t draw = between(0, 785);
    int hour = 0;
    while (draw >= weights[static_cast<std::size_t>(hour)])
        draw -= weights[static_cast<std::size_t>(hour++)];
    return day + std::chrono::hours(hour) + std::chrono::seconds(between(0, 3599));
}

// Failures and times; a working day in September on which one vendor answered badly.
void Generator::finish(Request request)
{
    constexpr sys_seconds outageStart = sys_days(std::chrono::year(2026) / 9 / 16) + std::chrono::hours(7);
    const bool outage = request.model->vendor == "aurora" && request.time >= outageStart &&
                        request.time < outageStart + std::chrono::hours(7);
    const Model& model = *request.model;
    const std::int64_t uncached = request.input - request.cacheRead;
    const std::int64_t jitter = between(80, 160); // percent
    const std::int64_t slowness = outage ? 2 : 1;
    if (request.tier != "batch") { // a queue has no answering time
        request.firstTokenMs =
            slowness * (model.firstTokenMs + uncached / model.inputTokensPerMs) * jitter / 100;
        request.latencyMs = request.firstTokenMs +
                            slowness * request.output * 1000 * 100 / (model.outputTokensPerSecond * jitter);
    }
    if (chance(outage ? 550 : 9)) {
        static constexpr std::array<int, 4> codes{429, 500, 503, 504};
        request.status = outage ? 503 : codes[static_cast<std::size_t>(between(0, 3))];
        const std::int64_t refusedAfter = request.status == 504 ? 60000 + between(0, 400) : between(40, 900);
        request.latencyMs = request.latencyMs > 0 ? refusedAfter : 0;
        request.firstTokenMs = 0;
        request.output = request.reasoning = request.cacheRead = request.cacheWrite = 0;
    }
    m_requests.push_back(request);
}

// An assistant over customer records: the context grows by every turn, and all but the new part is read from
// the cache unless the pause was longer than the cache lives.
void Generator::crmConversation(sys_days day)
{
    Request turn;
    turn.model = &Dialogue;
    turn.tag = "crm-assistant";
    turn.conversation = ++m_conversation;
    turn.user = static_cast<int>(between(1, 14));
    turn.time = officeTime(day);
    const std::int64_t system = 11840;
    std::int64_t context = system + skewed(20000, 150000, 2);
    std::int64_t cached = chance(420) ? system : 0;
    const std::int64_t turns = skewed(2, 8, 2);
    for (std::int64_t i = 0; i < turns; ++i) {
        turn.input = context + between(40, 600);
        turn.cacheRead = cached;
        turn.cacheWrite = context - cached;
        turn.output = skewed(180, 2600, 2);
        finish(turn);
        const std::int64_t pause = skewed(20, 900, 3);
        cached = m_requests.back().status == 200 && pause <= CacheLifeSeconds ? context : 0;
        context = turn.input + turn.output + skewed(1200, 42000, 2);
        turn.time += std::chrono::seconds(pause);
    }
}

// Bundles of shipping and contract documents, now and then a whole tender file; some are asked about twice.
void Generator::summary(sys_days day)
{
    Request request;
    request.model = &Large;
    request.tag = "summaries";
    request.user = static_cast<int>(between(1, 22));
    request.time = officeTime(day);
    const bool file = chance(30);
    request.input = 2304 + (file ? between(205000, 390000) : between(45000, 196000));
    request.reasoning = skewed(800, 11000, 2);
    request.output = request.reasoning + skewed(600, 3200, 2);
    request.cacheRead = chance(350) ? 2304 : 0;
    const bool again = chance(260);
    if (again)
        request.conversation = ++m_conversation;
    finish(request);
    if (again) {
        request.cacheRead = request.input / Large.cacheBlock * Large.cacheBlock;
        request.input += request.output - request.reasoning + between(30, 400);
        request.reasoning = skewed(150, 2400, 2);
        request.output = request.reasoning + skewed(200, 1500, 2);
        request.time += std::chrono::seconds(between(60, 280));
        if (m_requests.back().status != 200)
            request.cacheRead = 0;
        finish(request);
    }
}

void Generator::mail(sys_days day)
{
    Request request;
    request.model = &Small;
    request.tag = "mail-triage";
    request.time = officeTime(day);
    request.user = 30;
    const std::int64_t instructions = 3456;
    request.input = instructions + skewed(300, 16000, 3);
    request.cacheRead = chance(780) ? instructions / Small.cacheBlock * Small.cacheBlock : 0;
    request.reasoning = chance(300) ? skewed(64, 900, 2) : 0;
    request.output = request.reasoning + between(60, 340);
    finish(request);
}

void Generator::search(sys_days day)
{
    Request request;
    request.model = &Search;
    request.tag = "search";
    request.time = officeTime(day);
    request.user = static_cast<int>(between(1, 60));
    const std::int64_t turns = skewed(1, 4, 2);
    if (turns > 1)
        request.conversation = ++m_conversation;
    request.input = 1900 + skewed(3000, 34000, 2);
    for (std::int64_t i = 0; i < turns; ++i) {
        request.output = skewed(120, 1100, 2);
        finish(request);
        const bool kept = m_requests.back().status == 200;
        request.cacheRead = kept ? request.input / Search.cacheBlock * Search.cacheBlock : 0;
        request.input += request.output + skewed(600, 9000, 2);
        request.time += std::chrono::seconds(between(25, 240));
    }
}

// The day's scanned documents, given to the batch queue at night.
void Generator::nightlyBatch(sys_days day, bool workday)
{
    const std::int64_t jobs = workday ? between(3, 6) : between(1, 2);
    sys_seconds time = day + std::chrono::hours(1) + std::chrono::minutes(30);
    for (std::int64_t i = 0; i < jobs; ++i) {
        Request request;
        request.model = &Large;
        request.tag = "summaries";
        request.tier = "batch";
        request.time = time;
        request.input = 2304 + (chance(15) ? between(210000, 330000) : between(50000, 196000));
        request.reasoning = skewed(300, 3600, 2);
        request.output = request.reasoning + skewed(600, 3000, 2);
        finish(request);
        time += std::chrono::seconds(between(2, 9));
    }
}

std::vector<Request> Generator::run()
{
    for (sys_days day = FirstDay; day < EndDay; day += std::chrono::days(1)) {
        const std::int64_t age = (day - FirstDay).count();
        const bool workday = std::chrono::weekday(day).iso_encoding() <= 5;
        const bool summerHoliday = day >= sys_days(std::chrono::year(2026) / 8 / 3) &&
                                   day < sys_days(std::chrono::year(2026) / 8 / 17);
        // Per mille of a working day in June; adoption adds some 60 % in six months.
        std::int64_t level = (1000 + age * 10 / 3) * between(82, 118) / 100;
        level = level * (workday ? (summerHoliday ? 72 : 100) : 9) / 100;
        const auto times = [&](std::int64_t tenthsADay) {
            const std::int64_t scaled = tenthsADay * level;
            return scaled / 10000 + (between(0, 9999) < scaled % 10000 ? 1 : 0);
        };
        nightlyBatch(day, workday);
        for (std::int64_t i = times(26); i > 0; --i)
            crmConversation(day);
        for (std::int64_t i = times(80); i > 0; --i)
            summary(day);
        for (std::int64_t i = times(36); i > 0; --i)
            mail(day);
        for (std::int64_t i = times(15); i > 0; --i)
            search(day);
    }
    std::stable_sort(m_requests.begin(), m_requests.end(),
                     [](const Request& a, const Request& b) { return a.time < b.time; });
    return m_requests;
}

std::string isoTime(sys_seconds time)
{
    const sys_days day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::int64_t second = (time - day).count();
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(second / 3600), static_cast<int>(second / 60 % 60),
                  static_cast<int>(second % 60));
    return text.data();
}

std::string numbered(std::string_view prefix, std::int64_t number, std::size_t digits)
{
    std::string text = std::to_string(number);
    text.insert(0, digits - std::min(digits, text.size()), '0');
    return std::string(prefix) + text;
}

std::string optional(std::int64_t number)
{
    return number > 0 ? std::to_string(number) : std::string();
}

void write(std::ostream& out, const std::vector<Request>& requests)
{
    out << "time,vendor,model,requests,input_tokens,cache_read_tokens,cache_write_5m_tokens,output_tokens,"
           "reasoning_tokens,service_tier,region,tag,user,conversation,request_id,latency_ms,first_token_ms,"
           "status\n";
    std::int64_t id = 0;
    for (const Request& r : requests) {
        out << isoTime(r.time) << ',' << r.model->vendor << ',' << r.model->name << ",1," << r.input << ','
            << r.cacheRead << ',' << r.cacheWrite << ',' << r.output << ',' << r.reasoning << ',' << r.tier
            << ",," << r.tag << ',' << (r.user ? numbered("u", r.user, 2) : "batch") << ','
            << (r.conversation ? numbered("c", r.conversation, 5) : "") << ',' << numbered("req-", ++id, 6)
            << ',' << optional(r.latencyMs) << ',' << optional(r.firstTokenMs) << ',' << r.status << '\n';
    }
}

}

int main(int argc, char* argv[])
{
    if (argc != 2) {
        std::fputs("usage: leeway_makeusage OUT.csv\n", stderr);
        return 2;
    }
    std::ofstream out(argv[1], std::ios::binary | std::ios::trunc);
    write(out, Generator().run());
    out.close();
    if (!out) {
        std::fprintf(stderr, "leeway_makeusage: cannot write %s\n", argv[1]);
        return 1;
    }
    return 0;
}
