#pragma once

#include <string>
#include <vector>

namespace leeway::cli {

struct RegulationOptions
{
    std::vector<std::string> files;
    std::string regulation;           // a file or the id of a bundled one
    std::vector<std::string> answers; // "financial-entity=yes"
    std::string date;                 // ISO; today where empty
    std::string format;               // table or json
    std::string bar;                  // exit 1 below it: met (covered) or partial (weaker than the floor)
    unsigned jobs = 1;
};

/// `check` with a regulation pack: the status of every requirement in each file. Gives the exit code.
int check_regulation(const RegulationOptions& options);

}
