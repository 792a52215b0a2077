#include "core/clauses/places.h"

namespace leeway::clauses {
namespace {

bool is_plain(const document::Block& block)
{
    using enum document::BlockKind;
    return (block.kind == Paragraph || block.kind == TableRow) && block.number.empty();
}

}

// Whether nothing but plain paragraphs of one heading stands from `last` to `block`.
bool Places::follows(std::int32_t last, std::int32_t block) const
{
    if (last < 0 || block < last)
        return false;
    const auto& blocks = m_document.blocks;
    for (auto b = static_cast<std::size_t>(last); b <= static_cast<std::size_t>(block); ++b) {
        if (!is_plain(blocks[b]) || blocks[b].heading != blocks[static_cast<std::size_t>(block)].heading)
            return false;
    }
    return true;
}

const std::string& Places::section(std::int32_t block)
{
    if (!follows(m_block, block))
        m_section =
            document::section_at(m_document, m_document.blocks[static_cast<std::size_t>(block)].begin);
    m_block = block;
    return m_section;
}

}
