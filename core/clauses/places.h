#pragma once

#include "core/document/document.h"

#include <cstdint>
#include <string>

namespace leeway::clauses {

/// document::section_at() for many blocks, asked for in about ascending order: paragraphs one behind the
/// other under one heading share their section, which is then found once.
class Places
{
public:
    explicit Places(const document::Document& document) : m_document(document) {}

    const std::string& section(std::int32_t block);

private:
    [[nodiscard]] bool follows(std::int32_t last, std::int32_t block) const;

    const document::Document& m_document;
    std::int32_t m_block = -1;
    std::string m_section;
};

}
