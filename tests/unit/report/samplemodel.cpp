#include "samplemodel.h"

#include <array>
#include <cmath>
#include <string>

namespace samples {
namespace {

using namespace leeway;
using clauses::Role;
using clauses::Verdict;

struct Line
{
    const char* check;
    const char* title;
    const char* category;
    Verdict verdict;
    const char* section;
    int page;
    const char* meaning;
    const char* quote;
    const char* ask;
};

constexpr std::array lines = {
    Line{"no-training", "No training on our data", "Data", Verdict::Partial, "8.2", 7,
         "The vendor promises not to train on your content, but keeps an exception.",
         "Provider shall not use Customer Content to train any generally available model, except that "
         "Provider may use "
         "Customer Content in de-identified form to improve the Services.",
         "Ask for a plain ban that covers all content and all suppliers behind the vendor. Strike the "
         "exception for "
         "de-identified data."},
    Line{"data-portability", "Data portability", "Data", Verdict::Missing, "", 0,
         "Nothing says that you can take your data with you.", "",
         "Ask for an export of inputs and outputs in an open format, in the term and for 90 days after it."},
    Line{"customer-ownership", "We own prompts and outputs", "Data", Verdict::Met, "8.1", 7,
         "You keep all rights in what you put in and own what comes out.",
         "Customer retains all right, title and interest in Input, and Provider assigns to Customer all "
         "right, title and "
         "interest in Output.",
         ""},
    Line{"data-deletion", "Deletion after exit", "Data", Verdict::Adverse, "8.4", 8,
         "The vendor may keep your data after the contract ends.",
         "Following termination, Provider has no obligation to return or delete Customer Content held in "
         "back-up systems.",
         "Ask for deletion of all data within 30 days after exit, confirmed in writing."},
    Line{"model-handover", "Model hand-over", "Exit", Verdict::Missing, "", 0,
         "Fine-tuned models stay with the vendor, because nothing is said about them.", "",
         "Ask for the weights of your own fine-tuned models in an open format such as safetensors."},
    Line{"termination-assistance", "Termination assistance", "Exit", Verdict::Partial, "12.5", 11,
         "There is help on leaving, but without a price or for less than 90 days.",
         "Provider will give reasonable assistance for thirty (30) days following termination at its "
         "then-current rates.",
         "Ask for 90 days of continued service at the contract's price."},
    Line{"switching-charges", "Switching charges", "Exit", Verdict::Adverse, "Schedule C", 15,
         "Leaving costs extra.", "Export of Customer Content is charged at USD 0.12 per gigabyte.",
         "Ask for export free of charge, or at cost with a cap."},
    Line{"price-review", "Price review", "Price", Verdict::Adverse, "5.3", 5,
         "The vendor may raise prices at its own discretion on short notice.",
         "Provider may revise the Fees at any time upon fourteen (14) days' notice.",
         "Ask for a cap at the consumer price index, at most 3 % a year, and a right to leave on a rise "
         "above it."},
    Line{"minimum-commitment", "Minimum commitment", "Price", Verdict::Partial, "Schedule B", 14,
         "You commit to spend, with some way to carry the rest over.",
         "Unused commitment may be rolled over once into the following contract year.",
         "Ask for no commitment in the first year, and for unused credit to be paid back."},
    Line{"renewal-control", "Renewal control", "Price", Verdict::Adverse, "11.2", 10,
         "The contract renews by itself and is hard to stop.",
         "This Agreement renews automatically for successive terms of twenty-four (24) months unless notice "
         "is given ninety "
         "(90) days before the end of the then-current term.",
         "Ask for no automatic renewal, or for 30 days' notice with a reminder."},
    Line{"multi-cloud", "Multi-cloud licence", "Freedom to move", Verdict::Missing, "", 0,
         "Nothing gives you the right to run the model elsewhere.", "",
         "Ask for the right to run the same model version on another cloud at no surcharge."},
    Line{"competing-use-ban", "Ban on competing use", "Freedom to move", Verdict::Adverse, "7.1", 6,
         "You may not use outputs to build a model of your own.",
         "Customer shall not use Output to develop, train or improve any machine learning model.",
         "Ask for the right to train your own fallback model on your own outputs."},
    Line{"ip-indemnity", "IP indemnity", "Risk", Verdict::Partial, "10.1", 9,
         "The vendor answers for the service, but not for what it puts out.",
         "Provider shall defend Customer against third-party claims that the Services infringe a patent or "
         "copyright.",
         "Ask for an indemnity that covers outputs too."},
    Line{"liability", "Liability", "Risk", Verdict::Partial, "10.4", 10,
         "Liability is capped at a year's fees.",
         "The aggregate liability of Provider shall not exceed the Fees paid in the preceding twelve (12) "
         "months.",
         "Ask for a higher cap for data breach and IP indemnity."},
    Line{"service-levels", "Service levels", "Risk", Verdict::Met, "Schedule A", 13,
         "Availability is promised, with credits.",
         "Provider will credit ten percent (10%) of the monthly Fee where Monthly Uptime falls below 99.9%.",
         ""},
    Line{"assignment", "Assignment", "Control", Verdict::Partial, "14.2", 12,
         "Both sides may assign to a successor.",
         "Either party may assign this Agreement to a successor to substantially all of its business.",
         "Ask for a right to leave when the vendor changes hands."},
};

project::AuditEntry entry(int id, const char* action, const char* detail)
{
    const auto time = *base::parse_instant("2026-11-24T08:15:00Z") + std::chrono::minutes(id * 47);
    return {id, time, id % 3 == 0 ? "j.ferreira" : "m.keller", action, detail};
}

void finish(report::ContractPart& part)
{
    scoring::Index& index = part.index;
    index.checks = static_cast<int>(part.checklist.size());
    index.profile = "balanced";
    index.formula = "1.0";
    int sum = 0;
    for (const report::ChecklistRow& row : part.checklist)
        sum += scoring::severity_tenths(row.verdict);
    for (report::ChecklistRow& row : part.checklist) {
        row.points = 100 * scoring::severity_tenths(row.verdict) / index.checks;
        index.value += row.points;
        index.reviewed += row.reviewed ? 1 : 0;
        if (index.categories.empty() || index.categories.back().category != row.category)
            index.categories.push_back({row.category, 0, 0});
        scoring::SubScore& score = index.categories.back();
        score.value += scoring::severity_tenths(row.verdict) * 100;
        ++score.checks;
    }
    for (report::ChecklistRow& row : part.checklist)
        row.index_if_met = index.value - row.points;
    for (scoring::SubScore& score : index.categories)
        score.value /= score.checks;
    index.low = std::max(0, index.value - 62);
    index.high = std::min(1000, index.value + 69);
}

report::ContractPart contract()
{
    report::ContractPart part;
    part.id = 1;
    part.title = "Master services agreement";
    part.vendor = "Aurora AI";
    part.document = "aurora-agreement.pdf";
    part.sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    part.pages = 16;
    part.version = "3";
    int number = 0;
    for (const Line& line : lines) {
        report::ChecklistRow row;
        row.check = line.check;
        row.title = line.title;
        row.category = line.category;
        row.verdict = line.verdict;
        row.meaning = line.meaning;
        row.ask = line.ask;
        row.confidence = 0.62 + 0.02 * number;
        if (*line.quote != '\0')
            row.evidence = {{0, 10, line.page, line.section, line.quote, Role::Takes}};
        row.reviewed = number % 2 == 0;
        row.author = "m.keller";
        row.decided = *base::parse_instant("2026-11-27T10:00:00Z");
        if (number == 6)
            row.note =
                "The vendor's sales team offered to drop this charge; wait for the amended Schedule C.";
        row.text_changed = number == 8;
        part.checklist.push_back(row);
        ++number;
    }
    part.urgent = {"no-training", "price-review", "renewal-control"};
    finish(part);
    part.index.gates = {{"no-training", false}, {"customer-ownership", true}, {"price-review", false}};
    return part;
}

simulation::Matrix matrix()
{
    simulation::Matrix matrix;
    matrix.currency = "EUR";
    matrix.plan.start = base::Month::of(2027, 1);
    matrix.plan.growth_percent = 1.2;
    matrix.formula = "1.0";
    matrix.notes = {"gpt-4o has no price for cache writes: charged as input.",
                    "List prices in USD at EUR 0.92 for a dollar (central bank, 27 Nov 2026)."};
    for (int i = 0; i < 36; ++i)
        matrix.months.push_back(matrix.plan.start + i);
    const std::array<const char*, 4> titles = {"Base", "Spike +50 %", "Transfer 35 %", "Fallback 40 %"};
    const std::array<const char*, 4> reasons = {"Volume grows by 1.2 % a month.",
                                                "No cap limits the rise of Aurora's prices.",
                                                "Cache reads at the old vendor are lost on the moved share.",
                                                "Machines are 38 % used at first and 55 % in the end."};
    for (std::size_t s = 0; s < titles.size(); ++s) {
        simulation::Outcome outcome;
        outcome.scenario = std::to_string(s);
        outcome.title = titles[s];
        outcome.decides = reasons[s];
        outcome.break_even_with = "spike";
        for (int m = 0; m < 36; ++m) {
            const double volume = 100000 * std::pow(1.012, m);
            const double rise = s > 0 && m >= 9 ? 1.5 : 1;
            const bool moved = m >= 12;
            simulation::MonthSpend spend;
            const double left = s == 2 && moved ? 0.65 : s == 3 && moved ? 0.6 : 1;
            spend.vendors = base::Decimal::from_double(std::round(volume * rise * left * 100) / 100);
            if (s == 2 && m >= 9)
                spend.second = base::Decimal::from_double(std::round(volume * 0.28 * 100) / 100);
            if (s == 3 && m >= 10)
                spend.machines = base::Decimal::from_integer(17442);
            if (s >= 2 && m >= 9)
                spend.engineering = base::Decimal::from_integer(m == 9 ? 40000 : 6500);
            outcome.total += spend.total();
            outcome.months.push_back(spend);
        }
        if (s >= 2)
            outcome.break_even = base::Month::of(2028, s == 2 ? 3 : 6);
        outcome.against_base = outcome.total - (s == 0 ? outcome.total : matrix.outcomes[0].total);
        matrix.outcomes.push_back(outcome);
    }
    matrix.gate =
        simulation::DecisionGate{*base::parse_date("2027-09-03"), *base::parse_date("2028-01-01"), 120};
    return matrix;
}

report::Prospects prospects(const simulation::Matrix& matrix)
{
    const auto shared = [](base::Decimal amount, double factor) {
        return base::Decimal::from_double(std::round(amount.to_double() * factor));
    };
    report::Prospects made;
    made.paths = 100'000;
    made.seed = 1;
    made.varies = "What varies: growth ± 0.5 points a month, effort of moving × 0.7 to × 2.5.";
    for (std::size_t i = 0; i < matrix.outcomes.size(); ++i) {
        const base::Decimal total = matrix.outcomes[i].total;
        report::Prospect row{matrix.outcomes[i].scenario, matrix.outcomes[i].title, shared(total, 0.82),
                             shared(total, 1.03),         shared(total, 1.31),      {}};
        if (i >= 2)
            row.leaving = report::Prospect::Leaving{matrix.outcomes[1].title, i == 2 ? 0.934 : 0.4,
                                                    base::Decimal::from_integer(i == 2 ? 120000 : -90000),
                                                    base::Decimal::from_integer(640000)};
        made.rows.push_back(row);
    }
    made.steps_from = matrix.outcomes[0].title;
    made.steps_to = matrix.outcomes[2].title;
    made.steps.scenario = matrix.outcomes[2].scenario;
    made.steps.from = matrix.outcomes[0].total;
    made.steps.to = matrix.outcomes[2].total;
    const base::Decimal dearer = matrix.outcomes[1].total - matrix.outcomes[0].total;
    const base::Decimal saved = base::Decimal::from_integer(-1'400'000);
    made.steps.steps = {{"dearer prices", dearer},
                        {"no longer paid to aurora", saved},
                        {"paid to borealis", made.steps.to - made.steps.from - dearer - saved}};
    return made;
}

report::Model frame()
{
    report::Model model;
    model.project = "Northgate CRM assistant";
    model.date = *base::parse_date("2026-11-30");
    model.currency = "EUR";
    model.pack = "ai-procurement 1.0";
    model.pack_sha256 = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";
    model.engine = "1.0";
    model.scoring_formula = "1.0";
    model.simulation_formula = "1.0";
    model.profile = "Balanced";
    model.prices = "Leeway prices · as of 28 Nov 2026 · SHA-256 "
                   "fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9";
    return model;
}

}

report::Model whole()
{
    report::Model model = frame();
    model.contracts = {contract()};
    model.matrix = matrix();
    model.prospects = prospects(*model.matrix);
    model.requests = 10412233;
    model.traffic = "Jun–Nov 2026 · 10,412,233 requests · 5 models";
    model.stands_out = {
        "“No training on our data” must be met and is partial: The vendor promises not to train on your "
        "content, but keeps an "
        "exception (§8.2).",
        "The vendor may raise prices at its own discretion on short notice (§5.3).",
        "The contract renews by itself and is hard to stop (§11.2).",
        "You may not use outputs to build a model of your own (§7.1).",
        "Spike +50 % costs € 1.6 M more than Base over 36 months; Transfer 35 % pays from Mar 2028."};
    model.do_next = {
        "Decide 8 open checks of “Master services agreement”.",
        "Look again at what changed in version 3 of “Master services agreement”: Minimum commitment.",
        "Negotiate “No training on our data” first: met, it takes the index of “Master services agreement” "
        "from 53.6 "
        "to 51.1."};
    model.dates = {{*base::parse_date("2026-12-16"), "gpt-4o of openai is retired", true},
                   {*base::parse_date("2027-01-01"), "The term of the scenarios begins", false},
                   {*base::parse_date("2027-09-03"),
                    "Decision gate: last day to decide, 120 days before the budget lock", true},
                   {*base::parse_date("2028-01-01"), "Budget lock", false}};
    model.audit = {entry(1, "create project", "“Northgate CRM assistant”"),
                   entry(2, "add contract",
                         "“Master services agreement” of Aurora AI from aurora-agreement.pdf, SHA-256 "
                         "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08, pack "
                         "ai-procurement 1.0, engine 1.0"),
                   entry(3, "import usage", "10,412,233 requests from usage.csv; 3 bad lines left out"),
                   entry(4, "decide", "no-training: open → partial"),
                   entry(5, "decide", "price-review: open → adverse"),
                   entry(6, "undo decide", "price-review: adverse → partial"),
                   entry(7, "change settings", "currency: USD → EUR")};
    return model;
}

report::Model several(int count)
{
    report::Model model = whole();
    const report::ContractPart first = model.contracts.front();
    model.contracts.clear();
    for (int i = 0; i < count; ++i) {
        report::ContractPart part = first;
        part.id = i + 1;
        part.title = "Order form " + std::to_string(i + 1) + " under the master services agreement";
        part.vendor = i % 2 == 0 ? "Aurora AI" : "Borealis Inference";
        part.index.value = 120 + i * 170 % 800;
        part.index.low = part.index.value - 60;
        part.index.high = part.index.value + 80;
        model.contracts.push_back(part);
    }
    return model;
}

report::Model large(int checks)
{
    const std::string beef = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz";
    const std::string longer =
        beef + "donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" + beef;
    report::Model model = whole();
    report::ContractPart& part = model.contracts.front();
    part.title = "Rahmenvertrag über " + longer;
    part.vendor = longer;
    part.checklist.clear();
    part.index = {};
    part.urgent.clear();
    for (int i = 0; i < checks; ++i) {
        const Line& line = lines[static_cast<std::size_t>(i) % lines.size()];
        report::ChecklistRow row;
        row.check = "check-" + std::to_string(i);
        row.title = i % 3 == 0 ? beef : line.title;
        row.category = "Category " + std::to_string(i / 12);
        row.verdict = line.verdict;
        row.meaning = line.meaning + (" " + longer);
        row.ask = line.ask + (" " + longer);
        row.confidence = 0.5;
        row.evidence = {{0, 1, i + 1, std::to_string(i),
                         "Finding number " + std::to_string(i) + ". " + line.quote, Role::Gives}};
        if (i % 40 == 7) { // longer than a page
            for (int n = 0; n < 120; ++n)
                row.evidence[0].text += " The " + beef + " applies to every delivery under this agreement.";
        }
        row.note = i % 5 == 0 ? longer + " " + longer : "";
        part.checklist.push_back(row);
    }
    for (int i = 0; i < std::min(3, checks); ++i)
        part.urgent.push_back("check-" + std::to_string(i));
    finish(part);
    part.index.gates = {{"check-0", false}};
    model.project = longer;
    for (simulation::Outcome& outcome : model.matrix->outcomes) {
        outcome.title = beef;
        outcome.decides = longer;
        outcome.total = base::Decimal::from_integer(123456789012345);
    }
    for (report::Prospect& row : model.prospects->rows)
        row.title = longer;
    model.prospects->steps_from = longer;
    for (simulation::WaterfallStep& step : model.prospects->steps.steps)
        step.title = longer;
    model.stands_out.assign(12, longer + " " + longer + " " + longer);
    model.do_next.assign(12, longer + " " + longer);
    model.dates.assign(12, {model.date, longer, true});
    model.audit.clear();
    for (int i = 0; i < 400; ++i)
        model.audit.push_back(entry(i, "decide", longer.c_str()));
    return model;
}

report::Model empty()
{
    report::Model model = frame();
    model.do_next = {"Add the vendor's contract.",
                     "Import usage logs or type monthly volumes, to see what a price rise would cost."};
    model.audit = {entry(1, "create project", "“Northgate CRM assistant”")};
    return model;
}

}
