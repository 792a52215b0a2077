#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::clauses {

/// A condition over named atoms: `a & (b | !c)`, and `a ~6 b` for "at most six words apart". `!` binds
/// strongest, then `~`, `&`, `|`.
class Expression
{
public:
    enum class Op : std::uint8_t { Atom, Not, Near, And, Or };
    struct Node
    {
        Op op = Op::Atom;
        std::uint32_t left = 0; // the atom's index for Op::Atom
        std::uint32_t right = 0;
        std::uint32_t distance = 0;
    };

    /// `atom` turns a name into an index, or says why there is no such atom.
    using Naming = std::function<base::Result<std::uint32_t>(std::string_view name)>;
    static base::Result<Expression> parse(std::string_view text, const Naming& atom);

    [[nodiscard]] const std::vector<Node>& nodes() const { return m_nodes; }
    [[nodiscard]] std::uint32_t root() const { return m_root; }

    /// Indices of the atoms that must hold for the whole to hold.
    [[nodiscard]] std::vector<std::uint32_t> necessary() const;
    /// Indices of the atoms that stand under no `!`.
    [[nodiscard]] std::vector<std::uint32_t> positive() const;

    /// `holds(atom)` and `near(atom, atom, distance)` answer for the atoms.
    template<typename Holds, typename Near>
    bool evaluate(const Holds& holds, const Near& near) const
    {
        return !m_nodes.empty() && evaluate(m_root, holds, near);
    }

private:
    template<typename Holds, typename Near>
    bool evaluate(std::uint32_t index, const Holds& holds, const Near& near) const
    {
        const Node& node = m_nodes[index];
        switch (node.op) {
        case Op::Atom:
            return holds(node.left);
        case Op::Not:
            return !evaluate(node.left, holds, near);
        case Op::Near:
            return near(m_nodes[node.left].left, m_nodes[node.right].left, node.distance);
        case Op::And:
            return evaluate(node.left, holds, near) && evaluate(node.right, holds, near);
        case Op::Or:
            return evaluate(node.left, holds, near) || evaluate(node.right, holds, near);
        }
        return false;
    }
    void gather(std::uint32_t index, bool and_only, std::vector<std::uint32_t>& out) const;

    friend class ExpressionParser;
    std::vector<Node> m_nodes;
    std::uint32_t m_root = 0;
};

}
