#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::fallback {

/// Replaces personal data in texts by marks such as [email 1]. The same value gets the same mark as long as
/// the masker lives, so that questions and answers of one conversation still fit together.
class Masker
{
public:
    /// `names` are masked as whole words, letter case aside.
    explicit Masker(std::vector<std::string> names = {});

    /// Masks e-mail addresses, IBANs with a right checksum, payment cards with a right check digit (Luhn),
    /// phone numbers, and the names of the list.
    std::string mask(std::string_view text);

    /// How many different values were masked, by kind: email, iban, card, phone, name.
    [[nodiscard]] const std::map<std::string, int>& counts() const { return m_counts; }

private:
    std::string mark(const std::string& kind, const std::string& value);

    std::vector<std::string> m_names; // longest first, lower case
    std::map<std::pair<std::string, std::string>, int> m_known;
    std::map<std::string, int> m_counts;
};

/// Whether the letters and digits, spaces aside, are an IBAN: length of its country and ISO 7064 checksum.
bool is_iban(std::string_view text);
/// Whether 13 to 19 digits, spaces and hyphens aside, pass the Luhn check.
bool is_card(std::string_view text);
/// Whether the text is a phone number: +country and 7 to 15 digits, or a national one of 8 to 13 digits that
/// begins with 0 and is written in groups.
bool is_phone(std::string_view text);

}
