#include "core/document/encoding.h"

#include "core/base/text.h"
#include "core/document/characters.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

namespace leeway::document {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t sample = std::size_t{64} << 10; // bytes that are looked at to find an encoding

using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

Converter converter(const std::string& charset)
{
    UErrorCode error = U_ZERO_ERROR;
    Converter result(ucnv_open(charset.c_str(), &error), &ucnv_close);
    return U_SUCCESS(error) ? std::move(result) : Converter(nullptr, &ucnv_close);
}

// nullopt for a charset that nobody knows.
std::optional<std::string> converted(std::string_view bytes, const std::string& charset)
{
    const Converter from = converter(charset);
    const Converter to = converter("UTF-8");
    if (!from || !to)
        return std::nullopt;
    std::string out;
    std::array<char, 16384> piece{};
    std::array<UChar, 4096> pivot{};
    UChar* pivot_source = pivot.data();
    UChar* pivot_target = pivot.data();
    const char* source = bytes.data();
    UErrorCode error = U_ZERO_ERROR;
    bool first = true;
    do {
        char* target = piece.data();
        error = U_ZERO_ERROR;
        ucnv_convertEx(to.get(), from.get(), &target, piece.data() + piece.size(), &source,
                       bytes.data() + bytes.size(), pivot.data(), &pivot_source, &pivot_target,
                       pivot.data() + pivot.size(), first, true, &error);
        first = false;
        out.append(piece.data(), target);
    } while (error == U_BUFFER_OVERFLOW_ERROR);
    if (U_FAILURE(error))
        return std::nullopt;
    if (out.starts_with("\xEF\xBB\xBF"))
        out.erase(0, 3);
    return out.find('\0') == std::string::npos ? out : base::to_valid_utf8(out);
}

// UTF-16 and UTF-32 by their mark, or without one by the zeros between the letters of western text.
const char* wide_charset(std::string_view bytes)
{
    if (bytes.starts_with("\xFF\xFE\0\0"sv))
        return "UTF-32LE";
    if (bytes.starts_with("\0\0\xFE\xFF"sv))
        return "UTF-32BE";
    if (bytes.starts_with("\xFF\xFE"sv))
        return "UTF-16LE";
    if (bytes.starts_with("\xFE\xFF"sv))
        return "UTF-16BE";
    const std::string_view head = bytes.substr(0, 4096);
    const std::size_t units = head.size() / 4;
    if (units < 2 || head.find('\0') == std::string_view::npos)
        return nullptr;
    std::array<std::size_t, 4> zeros{}; // at each place of four bytes
    for (std::size_t i = 0; i < units * 4; ++i)
        zeros[i % 4] += head[i] == '\0' ? 1 : 0;
    const auto most = [&](std::size_t place) { return zeros[place] * 10 > units * 7; };
    const auto none = [&](std::size_t place) { return zeros[place] * 20 <= units; };
    if (none(0) && most(1) && most(2) && most(3))
        return "UTF-32LE";
    if (most(0) && most(1) && most(2) && none(3))
        return "UTF-32BE";
    if (none(0) && most(1) && none(2) && most(3))
        return "UTF-16LE";
    if (most(0) && none(1) && most(2) && none(3))
        return "UTF-16BE";
    return nullptr;
}

// A few broken bytes in a text that is plainly UTF-8 do not make it anything else.
bool is_mostly_utf8(std::string_view valid)
{
    std::size_t broken = 0;
    std::size_t sound = 0;
    for (std::size_t i = 0; i < valid.size(); ++i) {
        if (valid.compare(i, 3, "\xEF\xBF\xBD") == 0)
            ++broken;
        else if ((static_cast<unsigned char>(valid[i]) & 0xC0U) == 0xC0)
            ++sound;
    }
    return sound > 4 * broken;
}

// How western text uses a byte above 0x7F as: beside a letter, as a letter of a word in small letters, as a
// quote or dash between words.
enum class Use : std::uint8_t { Never, Small, Capital, Opening, Closing, Sign };

Use use_of(std::string_view character)
{
    static constexpr std::string_view opening[] = {"“", "‘", "„", "‚", "«", "¿", "¡", "€", "£", "§"};
    static constexpr std::string_view closing[] = {"”", "’", "»", "™", "®", "…", "ª", "º", "°"};
    static constexpr std::string_view sign[] = {"–", "—", "•", "·", "©", "¶",
                                                "†", "‡", "×", "½", "¼", "\u00a0"};
    const auto among = [&](const auto& list) {
        return std::find(std::begin(list), std::end(list), character) != std::end(list);
    };
    if (among(opening))
        return Use::Opening;
    if (among(closing))
        return Use::Closing;
    if (among(sign))
        return Use::Sign;
    if (character.size() == 2 && character[0] == '\xC3') {
        const auto low = static_cast<unsigned char>(character[1]);
        if (low >= 0x80 && low <= 0x9E && low != 0x97)
            return Use::Capital;
        return low == 0xB7 ? Use::Never : Use::Small;
    }
    if (character == "œ" || character == "š" || character == "ž")
        return Use::Small;
    if (character == "Œ" || character == "Š" || character == "Ž" || character == "Ÿ")
        return Use::Capital;
    return Use::Never;
}

// How well the bytes above 0x7F fit their neighbours when they are read in `charset`.
int fit(std::string_view bytes, const std::string& charset)
{
    std::array<Use, 128> uses{};
    for (std::size_t i = 0; i < uses.size(); ++i) {
        const char byte = static_cast<char>(0x80 + i);
        const auto text = converted({&byte, 1}, charset);
        uses[i] = text ? use_of(*text) : Use::Never;
    }
    int score = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto byte = static_cast<unsigned char>(bytes[i]);
        if (byte < 0x80)
            continue;
        const char before = i == 0 ? ' ' : bytes[i - 1];
        const char after = i + 1 == bytes.size() ? ' ' : bytes[i + 1];
        const bool blank_before = is_blank(before) || before == '(' || before == '[';
        switch (uses[byte - 0x80]) {
        case Use::Never:
            score -= 3;
            break;
        case Use::Small:
            score += is_letter(before) || is_lower(after) ? 2 : -2;
            break;
        case Use::Capital:
            score += is_lower(before) || (is_blank(after) && !is_upper(before)) ? -2 : 1;
            break;
        case Use::Opening:
            score += blank_before || !is_letter(before) ? 2 : -1;
            break;
        case Use::Closing:
            score += !is_blank(before) ? 2 : -2;
            break;
        case Use::Sign:
            score += is_letter(before) && is_letter(after) ? 0 : 2;
        }
    }
    return score;
}

// What a text mostly in letters of another script is written in; empty when nothing is sure.
std::string other_script(std::string_view bytes)
{
    const std::string_view head = bytes.substr(0, sample);
    const auto high = std::count_if(head.begin(), head.end(), [](char c) { return (c & 0x80) != 0; });
    constexpr int rare = 5; // western text has fewer bytes above 0x7F than one in so many
    constexpr int few = 40;
    if (high < few || high * rare < std::ssize(head))
        return {};
    UErrorCode error = U_ZERO_ERROR;
    const std::unique_ptr<UCharsetDetector, decltype(&ucsdet_close)> detector(ucsdet_open(&error),
                                                                              &ucsdet_close);
    ucsdet_setText(detector.get(), head.data(), static_cast<std::int32_t>(head.size()), &error);
    const UCharsetMatch* match = ucsdet_detect(detector.get(), &error);
    constexpr int sure = 30; // of 100
    if (U_FAILURE(error) || match == nullptr || ucsdet_getConfidence(match, &error) < sure)
        return {};
    const char* name = ucsdet_getName(match, &error);
    return U_SUCCESS(error) && name != nullptr ? name : std::string();
}

std::string best_charset(std::string_view bytes)
{
    if (std::string other = other_script(bytes); !other.empty())
        return other;
    const std::string_view head = bytes.substr(0, sample);
    return fit(head, "macintosh") > fit(head, "windows-1252") ? "macintosh" : "windows-1252";
}

// What a page or header that names this charset means, as browsers read it:
// https://encoding.spec.whatwg.org/#names-and-labels
std::string meant_by(std::string_view declared)
{
    std::string name = base::lowered(base::trimmed(declared));
    if (name == "iso-8859-1" || name == "latin1" || name == "us-ascii" || name == "ascii" || name == "l1" ||
        name == "iso_8859-1" || name == "cp819")
        return "windows-1252";
    return name;
}

}

std::string decode(std::string_view bytes, std::string_view declared)
{
    if (const char* wide = wide_charset(bytes))
        return converted(bytes, wide).value_or(std::string());
    if (bytes.starts_with("\xEF\xBB\xBF"))
        return base::to_valid_utf8(bytes.substr(3));
    const std::string name = meant_by(declared);
    // Seven-bit encodings are valid UTF-8 and not what they look like.
    if (name.starts_with("iso-2022") || name == "utf-7" || name == "hz-gb-2312") {
        if (auto text = converted(bytes, name))
            return *std::move(text);
    }
    std::string text = base::to_valid_utf8(bytes);
    if (text == bytes)
        return text;
    // A page that names UTF-16 in eight-bit letters cannot mean it.
    if (!name.empty() && !name.starts_with("utf")) {
        if (auto as_declared = converted(bytes, name))
            return *std::move(as_declared);
    }
    if (name == "utf-8" || is_mostly_utf8(text))
        return text;
    return converted(bytes, best_charset(bytes)).value_or(std::move(text));
}

bool is_wide(std::string_view bytes)
{
    return wide_charset(bytes) != nullptr;
}

std::string declared_charset(std::string_view html)
{
    const std::string head = base::lowered(html.substr(0, 4096));
    for (const std::string_view key : {"charset"sv, "encoding"sv}) {
        for (std::size_t at = head.find(key); at != std::string::npos; at = head.find(key, at + 1)) {
            // Within <meta …> or <?xml …?>.
            const std::size_t open = head.rfind('<', at);
            if (open == std::string::npos || head.find('>', open) < at ||
                (head.compare(open, 5, "<meta") != 0 && head.compare(open, 5, "<?xml") != 0))
                continue;
            const std::size_t equals = head.find_first_not_of(" \t\r\n", at + key.size());
            if (equals == std::string::npos || head[equals] != '=')
                continue;
            const std::size_t begin = head.find_first_not_of(" \t\r\n\"'", equals + 1);
            if (begin == std::string::npos)
                continue;
            const std::size_t end = head.find_first_of(" \t\r\n\"';/>?", begin);
            if (end != std::string::npos && end > begin)
                return head.substr(begin, end - begin);
        }
    }
    return {};
}

}
