#include "core/document/serialise.h"

#include "core/base/text.h"
#include "core/document/characters.h"

#include <bit>
#include <cmath>
#include <cstring>

namespace leeway::document {
namespace {

constexpr std::string_view magic = "LWD\x02";
constexpr std::string_view magic_without_notices = "LWD\x01";

class Writer
{
public:
    void number(std::uint64_t value)
    {
        while (value >= 0x80) {
            m_bytes += static_cast<char>(value | 0x80);
            value >>= 7;
        }
        m_bytes += static_cast<char>(value);
    }
    void real(float value)
    {
        const auto bits = std::bit_cast<std::uint32_t>(value);
        for (unsigned shift = 0; shift < 32; shift += 8)
            m_bytes += static_cast<char>(bits >> shift);
    }
    void text(std::string_view value)
    {
        number(value.size());
        m_bytes += value;
    }
    void raw(std::string_view value) { m_bytes += value; }
    void reserve(std::size_t bytes) { m_bytes.reserve(bytes); }
    std::string take() { return std::move(m_bytes); }

private:
    std::string m_bytes;
};

// Reads what Writer wrote. After the first fault every answer is zero and ok() is false.
class Reader
{
public:
    explicit Reader(std::string_view bytes) : m_rest(bytes) {}

    [[nodiscard]] bool ok() const { return m_ok; }
    [[nodiscard]] bool at_end() const { return m_rest.empty(); }
    void require(bool condition) { m_ok = m_ok && condition; }

    std::uint64_t number()
    {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 63; shift += 7) {
            if (!m_ok || m_rest.empty())
                break;
            const auto byte = static_cast<unsigned char>(m_rest.front());
            m_rest.remove_prefix(1);
            value |= std::uint64_t{byte & 0x7FU} << shift;
            if (byte < 0x80)
                return value;
        }
        m_ok = false;
        return 0;
    }
    std::uint32_t number32(std::uint64_t limit)
    {
        const std::uint64_t value = number();
        require(value <= limit && value <= UINT32_MAX);
        return m_ok ? static_cast<std::uint32_t>(value) : 0;
    }
    float real()
    {
        if (!m_ok || m_rest.size() < 4) {
            m_ok = false;
            return 0;
        }
        std::uint32_t bits = 0;
        for (unsigned i = 0; i < 4; ++i)
            bits |= std::uint32_t{static_cast<unsigned char>(m_rest[i])} << (8 * i);
        m_rest.remove_prefix(4);
        const auto value = std::bit_cast<float>(bits);
        require(std::isfinite(value));
        return m_ok ? value : 0;
    }
    std::string text()
    {
        const std::uint64_t size = number();
        require(size <= m_rest.size());
        if (!m_ok)
            return {};
        std::string value(m_rest.substr(0, size));
        m_rest.remove_prefix(size);
        return value;
    }
    // A number of items that take at least `least` bytes each, so that a short input cannot ask for much.
    std::size_t count(std::size_t least)
    {
        const std::uint64_t value = number();
        require(value <= m_rest.size() / least);
        return m_ok ? value : 0;
    }

private:
    std::string_view m_rest;
    bool m_ok = true;
};

bool is_clean(std::string_view text)
{
    return text.find('\0') == std::string_view::npos && base::to_valid_utf8(text) == text;
}

bool on_border(std::string_view text, std::size_t offset)
{
    return offset >= text.size() || !continues_character(text[offset]);
}

void write_rect(Writer& out, const Rect& r)
{
    out.real(r.x);
    out.real(r.y);
    out.real(r.width);
    out.real(r.height);
}

// A range behind `from` within the first `limit` bytes of `text`.
template<typename T>
void read_range(Reader& in, T& item, std::uint32_t from, std::size_t limit, std::string_view text)
{
    const std::uint64_t begin = from + in.number();
    const std::uint64_t size = in.number();
    in.require(size > 0 && begin <= limit && size <= limit - begin);
    if (!in.ok())
        return;
    item.begin = static_cast<std::uint32_t>(begin);
    item.end = static_cast<std::uint32_t>(begin + size);
    in.require(on_border(text, item.begin) && on_border(text, item.end));
}

void read_words(Reader& in, Document& d)
{
    d.words.resize(in.count(19));
    std::uint32_t end = 0;
    std::uint32_t page = 0;
    for (Word& word : d.words) {
        read_range(in, word, end, d.text.size(), d.text);
        word.page = in.number32(UINT32_MAX);
        in.require(word.page < d.pages.size() && word.page >= page);
        page = word.page;
        word.box.x = in.real();
        word.box.y = in.real();
        word.box.width = in.real();
        word.box.height = in.real();
        in.require(word.box.width >= 0 && word.box.height >= 0);
        end = word.end;
        if (!in.ok())
            return;
    }
}

void read_blocks(Reader& in, Document& d)
{
    d.blocks.resize(in.count(8));
    std::uint32_t end = 0;
    std::uint32_t sentences = 0;
    for (std::size_t i = 0; i < d.blocks.size(); ++i) {
        Block& block = d.blocks[i];
        read_range(in, block, end, d.text.size(), d.text);
        block.kind = static_cast<BlockKind>(in.number32(3));
        block.number = in.text();
        in.require(block.number.size() <= 64 && is_clean(block.number));
        block.level = static_cast<int>(in.number32(1000));
        block.heading = static_cast<std::int32_t>(in.number32(i)) - 1; // always a block before this one
        block.lead_in = static_cast<std::int32_t>(in.number32(i)) - 1;
        if (!in.ok())
            return;
        in.require(block.heading < 0 ||
                   d.blocks[static_cast<std::size_t>(block.heading)].kind == BlockKind::Heading);
        block.first_sentence = sentences;
        block.sentence_count = in.number32(block.end - block.begin);
        if (!in.ok())
            return;
        sentences += block.sentence_count;
        end = block.end;
    }
}

void read_sentences(Reader& in, Document& d)
{
    d.sentences.resize(in.count(2));
    std::size_t next = 0;
    for (const Block& block : d.blocks) {
        in.require(block.sentence_count <= d.sentences.size() - next);
        if (!in.ok())
            return;
        std::uint32_t end = block.begin;
        for (std::uint32_t i = 0; i < block.sentence_count; ++i) {
            Sentence& sentence = d.sentences[next++];
            read_range(in, sentence, end, block.end, d.text);
            end = sentence.end;
            if (!in.ok())
                return;
        }
    }
    in.require(next == d.sentences.size());
}

void read_page_starts(Reader& in, Document& d)
{
    d.page_starts.resize(in.count(1));
    std::uint64_t at = 0;
    for (std::uint32_t& start : d.page_starts) {
        at += in.number32(d.text.size());
        in.require(at <= d.text.size() && on_border(d.text, at));
        if (!in.ok())
            return;
        start = static_cast<std::uint32_t>(at);
    }
    in.require(d.page_starts.empty() || d.pages.empty());
}

void read_notices(Reader& in, Document& d)
{
    d.notices.resize(in.count(5));
    for (Notice& notice : d.notices) {
        notice.kind = static_cast<Notice::Kind>(in.number32(static_cast<int>(Notice::Kind::Unrecognised)));
        notice.count = in.number32(UINT32_MAX);
        notice.begin = in.number32(d.text.size());
        const std::uint64_t end = notice.begin + in.number();
        in.require(end <= d.text.size() && on_border(d.text, notice.begin) && on_border(d.text, end));
        notice.text = in.text();
        in.require(is_clean(notice.text));
        if (!in.ok())
            return;
        notice.end = static_cast<std::uint32_t>(end);
    }
}

}

std::string to_bytes(const Document& d)
{
    Writer out;
    out.reserve(d.text.size() + d.words.size() * 20 + d.blocks.size() * 16 + 256);
    out.raw(magic);
    out.text(d.name);
    out.number(static_cast<std::uint64_t>(d.format));
    out.text(d.sha256);
    out.text(d.text);
    out.number(d.pages.size());
    for (const Page& page : d.pages) {
        out.real(page.width);
        out.real(page.height);
    }
    out.number(d.words.size());
    std::uint32_t end = 0;
    for (const Word& word : d.words) {
        out.number(word.begin - end);
        out.number(word.end - word.begin);
        out.number(word.page);
        write_rect(out, word.box);
        end = word.end;
    }
    out.number(d.blocks.size());
    end = 0;
    for (const Block& block : d.blocks) {
        out.number(block.begin - end);
        out.number(block.end - block.begin);
        out.number(static_cast<std::uint64_t>(block.kind));
        out.text(block.number);
        out.number(static_cast<std::uint64_t>(block.level));
        out.number(static_cast<std::uint64_t>(block.heading + 1));
        out.number(static_cast<std::uint64_t>(block.lead_in + 1));
        out.number(block.sentence_count);
        end = block.end;
    }
    out.number(d.sentences.size());
    for (const Block& block : d.blocks) {
        end = block.begin;
        for (std::uint32_t i = 0; i < block.sentence_count; ++i) {
            const Sentence& sentence = d.sentences[block.first_sentence + i];
            out.number(sentence.begin - end);
            out.number(sentence.end - sentence.begin);
            end = sentence.end;
        }
    }
    out.number(d.page_starts.size());
    end = 0;
    for (const std::uint32_t start : d.page_starts) {
        out.number(start - end);
        end = start;
    }
    out.number(d.notices.size());
    for (const Notice& notice : d.notices) {
        out.number(static_cast<std::uint64_t>(notice.kind));
        out.number(notice.count);
        out.number(notice.begin);
        out.number(notice.end - notice.begin);
        out.text(notice.text);
    }
    return out.take();
}

base::Result<Document> from_bytes(std::string_view bytes)
{
    const auto damaged = [] {
        return base::fail(base::ErrorCode::Unreadable,
                          "The stored text of a contract is damaged; add the contract's file again.");
    };
    const bool has_notices = bytes.starts_with(magic);
    if (!has_notices && !bytes.starts_with(magic_without_notices))
        return damaged();
    Reader in(bytes.substr(magic.size()));
    Document d;
    d.name = in.text();
    in.require(is_clean(d.name));
    d.format = static_cast<Format>(in.number32(static_cast<int>(Format::Image)));
    d.sha256 = in.text();
    in.require(d.sha256.size() == 64 && d.sha256.find_first_not_of("0123456789abcdef") == std::string::npos);
    d.text = in.text();
    in.require(d.text.size() <= UINT32_MAX / 2 && is_clean(d.text));
    d.pages.resize(in.count(8));
    for (Page& page : d.pages) {
        page.width = in.real();
        page.height = in.real();
        in.require(page.width >= 0 && page.height >= 0);
    }
    if (in.ok())
        read_words(in, d);
    if (in.ok())
        read_blocks(in, d);
    if (in.ok())
        read_sentences(in, d);
    if (in.ok() && has_notices)
        read_page_starts(in, d);
    if (in.ok() && has_notices)
        read_notices(in, d);
    if (!in.ok() || !in.at_end())
        return damaged();
    return d;
}

}
