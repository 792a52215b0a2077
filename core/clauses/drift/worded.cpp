#include "core/clauses/drift/worded.h"

#include "core/document/characters.h"
#include "core/document/label.h"

namespace leeway::clauses {
namespace {

constexpr std::uint64_t seed = 14695981039346656037U; // FNV-1a
constexpr std::uint64_t prime = 1099511628211U;

std::uint64_t mixed(std::uint64_t hash)
{
    hash ^= hash >> 32;
    hash *= 0xd6e8feb86659fd93U;
    return hash ^ (hash >> 32);
}

// Bytes of the punctuation or blank at the front of `text` that is no ASCII: quotes, dashes, bullets,
// no-break blanks; 0 for a letter.
std::size_t wide_mark(std::string_view text)
{
    const auto byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    if (byte(0) == 0xC2)
        return byte(1) <= 0xBF ? 2 : 0; // U+0080 to U+00BF
    if (byte(0) == 0xE2 && (byte(1) == 0x80 || byte(1) == 0x81 || byte(1) == 0x96 || byte(1) == 0x97))
        return 3; // general punctuation, shapes
    if (byte(0) == 0xEF && byte(1) == 0xBB)
        return 3; // byte order mark
    return 0;
}

bool is_figure_mark(char c)
{
    return c == '%' || c == '$' || c == '&' || c == '+' || c == '<' || c == '>' || c == '=';
}

class Cutter
{
public:
    Cutter(std::string_view text, std::vector<WordAt>& words) : m_text(text), m_words(words) {}

    void cut(std::size_t begin, std::size_t end)
    {
        m_end = end;
        for (m_at = begin; m_at < m_end;) {
            if (const std::size_t size = letter(); size > 0)
                word();
            else if (const std::string_view sign = currency(); !sign.empty())
                push(m_at, m_at + sign.size());
            else if (is_figure_mark(m_text[m_at]))
                push(m_at, m_at + 1);
            else
                m_at += std::max<std::size_t>(1, wide_mark(rest()));
        }
    }

private:
    std::string_view rest() const { return m_text.substr(m_at, m_end - m_at); }

    // Bytes of the letter or digit here, 0 when there is none.
    std::size_t letter() const
    {
        const char c = m_text[m_at];
        if (document::is_letter(c) || document::is_digit(c))
            return 1;
        if (static_cast<unsigned char>(c) < 0x80 || wide_mark(rest()) > 0 || !currency().empty())
            return 0;
        return 1;
    }

    std::string_view currency() const
    {
        for (const std::string_view sign : {"€", "£", "¥", "§"}) {
            if (rest().starts_with(sign))
                return sign;
        }
        return {};
    }

    // Bytes of a mark that joins two parts of one word: "1,000", "99.9", "vendor's"; 0 when there is none.
    std::size_t joint_size(std::size_t begin) const
    {
        const std::string_view here = rest();
        const bool after_digit = m_at > begin && document::is_digit(m_text[m_at - 1]);
        if (here.size() > 1 && (here[0] == ',' || here[0] == '.') && after_digit &&
            document::is_digit(here[1]))
            return 1;
        const std::size_t quote = here.starts_with('\'') ? 1 : here.starts_with("\u2019") ? 3 : 0;
        return quote > 0 && here.size() > quote && document::is_letter(here[quote]) ? quote : 0;
    }

    void word()
    {
        const std::size_t begin = m_at;
        std::uint64_t hash = seed;
        while (m_at < m_end) {
            const std::size_t size = letter();
            if (size == 0) {
                const std::size_t mark = joint_size(begin);
                if (mark == 0)
                    break;
                const char joint = mark == 1 ? m_text[m_at] : '\''; // both quotes are one
                hash = (hash ^ static_cast<unsigned char>(joint)) * prime;
                m_at += mark;
                continue;
            }
            const char c = m_text[m_at];
            hash = (hash ^ static_cast<unsigned char>(document::is_upper(c) ? c + 32 : c)) * prime;
            ++m_at;
        }
        m_words.push_back({mixed(hash), static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(m_at)});
    }

    void push(std::size_t begin, std::size_t end)
    {
        std::uint64_t hash = seed;
        for (std::size_t i = begin; i < end; ++i)
            hash = (hash ^ static_cast<unsigned char>(m_text[i])) * prime;
        m_words.push_back({mixed(hash), static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
        m_at = end;
    }

    std::string_view m_text;
    std::vector<WordAt>& m_words;
    std::size_t m_at = 0;
    std::size_t m_end = 0;
};

std::uint64_t hash_of(const std::vector<WordAt>& words, Span span)
{
    std::uint64_t hash = seed;
    for (std::uint32_t i = span.begin; i < span.end; ++i)
        hash = (hash ^ words[i].hash) * prime;
    return mixed(hash);
}

std::size_t mark_of(const document::Document& document, const document::Block& block)
{
    if (block.number.empty())
        return 0;
    const std::string_view text = document.slice(block.begin, block.end);
    const auto label = document::parse_label(text.substr(0, 200));
    return label && label->size < text.size() ? label->size : 0; // a mark alone is what the block says
}

}

Worded words_of(const document::Document& document)
{
    Worded result;
    result.words.reserve(document.text.size() / 6);
    result.sentences.resize(document.sentences.size());
    Cutter cutter(document.text, result.words);
    const auto now = [&] { return static_cast<std::uint32_t>(result.words.size()); };
    for (const document::Block& block : document.blocks) {
        const std::size_t from = block.begin + mark_of(document, block);
        const std::uint32_t first = now();
        for (std::uint32_t s = 0; s < block.sentence_count; ++s) {
            const std::uint32_t index = block.first_sentence + s;
            const document::Sentence& sentence = document.sentences[index];
            const std::uint32_t begin = now();
            cutter.cut(std::max<std::size_t>(sentence.begin, from), sentence.end);
            const Span span{begin, now()};
            result.sentences[index] = {span, hash_of(result.words, span)};
        }
        const Span span{first, now()};
        result.blocks.push_back({span, hash_of(result.words, span)});
    }
    return result;
}

}
