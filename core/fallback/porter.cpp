#include "core/fallback/treebank.h"

#include <array>

namespace leeway::fallback {
namespace {

bool plain_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

// Whether the letter counts as a vowel: y does behind a consonant.
bool vowel(const std::string& word, std::size_t at)
{
    return plain_vowel(word[at]) || (word[at] == 'y' && at > 0 && !vowel(word, at - 1));
}

bool has_vowel(const std::string& word)
{
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (vowel(word, i))
            return true;
    }
    return false;
}

// The number of changes from vowels to consonants.
int measure(const std::string& word)
{
    int count = 0;
    bool before = false;
    for (std::size_t i = 0; i < word.size(); ++i) {
        const bool now = vowel(word, i);
        count += before && !now ? 1 : 0;
        before = now;
    }
    return count;
}

bool doubled(const std::string& word)
{
    const std::size_t n = word.size();
    return n > 1 && word[n - 1] == word[n - 2] && !vowel(word, n - 1);
}

// Consonant, vowel, consonant other than w, x and y at the end.
bool closed_syllable(const std::string& word)
{
    const std::size_t n = word.size();
    return n > 2 && !vowel(word, n - 3) && vowel(word, n - 2) && !vowel(word, n - 1) && word[n - 1] != 'w' &&
           word[n - 1] != 'x' && word[n - 1] != 'y';
}

struct Rule
{
    std::string_view ending;
    std::string_view instead;
};

// The first rule whose ending fits decides; it applies when more than `least` changes are left before it.
template<std::size_t N>
void apply(std::string& word, const std::array<Rule, N>& rules, int least)
{
    for (const Rule& rule : rules) {
        if (!word.ends_with(rule.ending))
            continue;
        const std::string stem = word.substr(0, word.size() - rule.ending.size());
        if (measure(stem) > least)
            word = stem + std::string(rule.instead);
        return;
    }
}

void plurals(std::string& word)
{
    if (word.ends_with("sses") || word.ends_with("ies"))
        word.erase(word.size() - 2);
    else if (word.ends_with("s") && !word.ends_with("ss"))
        word.pop_back();
}

void past_forms(std::string& word)
{
    if (word.ends_with("eed")) {
        if (measure(word.substr(0, word.size() - 3)) > 0)
            word.pop_back();
        return;
    }
    const std::size_t length = word.ends_with("ed") ? 2 : word.ends_with("ing") ? 3 : 0;
    if (length == 0 || !has_vowel(word.substr(0, word.size() - length)))
        return;
    word.erase(word.size() - length);
    if (word.ends_with("at") || word.ends_with("bl") || word.ends_with("iz"))
        word += 'e';
    else if (doubled(word) && !word.ends_with("l") && !word.ends_with("s") && !word.ends_with("z"))
        word.pop_back();
    else if (measure(word) == 1 && closed_syllable(word))
        word += 'e';
}

constexpr std::array<Rule, 21> second = {
    {{"ational", "ate"}, {"tional", "tion"}, {"enci", "ence"}, {"anci", "ance"}, {"izer", "ize"},
     {"bli", "ble"},     {"alli", "al"},     {"entli", "ent"}, {"eli", "e"},     {"ousli", "ous"},
     {"ization", "ize"}, {"ation", "ate"},   {"ator", "ate"},  {"alism", "al"},  {"iveness", "ive"},
     {"fulness", "ful"}, {"ousness", "ous"}, {"aliti", "al"},  {"iviti", "ive"}, {"biliti", "ble"},
     {"logi", "log"}}};
constexpr std::array<Rule, 7> third = {{{"icate", "ic"},
                                        {"ative", ""},
                                        {"alize", "al"},
                                        {"iciti", "ic"},
                                        {"ical", "ic"},
                                        {"ful", ""},
                                        {"ness", ""}}};
constexpr std::array<Rule, 18> fourth = {{{"al", ""},
                                          {"ance", ""},
                                          {"ence", ""},
                                          {"er", ""},
                                          {"ic", ""},
                                          {"able", ""},
                                          {"ible", ""},
                                          {"ant", ""},
                                          {"ement", ""},
                                          {"ment", ""},
                                          {"ent", ""},
                                          {"ou", ""},
                                          {"ism", ""},
                                          {"ate", ""},
                                          {"iti", ""},
                                          {"ous", ""},
                                          {"ive", ""},
                                          {"ize", ""}}};

}

std::string porter_stem(const std::string& original)
{
    constexpr std::size_t longest = 200; // beyond it is no word
    if (original.size() < 3 || original.size() > longest)
        return original;
    std::string word = original;
    plurals(word);
    past_forms(word);
    if (word.ends_with('y') && has_vowel(word.substr(0, word.size() - 1)))
        word.back() = 'i';
    apply(word, second, 0);
    apply(word, third, 0);
    if (word.ends_with("sion") || word.ends_with("tion")) {
        if (measure(word.substr(0, word.size() - 3)) > 1)
            word.erase(word.size() - 3);
    } else {
        apply(word, fourth, 1);
    }
    if (word.ends_with('e')) {
        const std::string stem = word.substr(0, word.size() - 1);
        const int changes = measure(stem);
        if (changes > 1 || (changes == 1 && !closed_syllable(stem)))
            word = stem;
    }
    if (measure(word) > 1 && word.ends_with("ll"))
        word.pop_back();
    return word;
}

}
