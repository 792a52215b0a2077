#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace leeway::fallback {

/// The words and signs of one sentence by the Penn Treebank rules, as ROUGE counts them.
std::vector<std::string> treebank_words(std::string_view text);

/// The stem of a lower-case English word by Porter's algorithm (Program 14, 1980).
std::string porter_stem(const std::string& word);

}
