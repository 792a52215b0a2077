#include "core/clauses/expression.h"

#include <cctype>
#include <fmt/format.h>

namespace leeway::clauses {
namespace {

constexpr int deepest = 60;

bool in_name(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '.' || c == '@' || c == ':' ||
           c == '<' || c == '>' || c == '=' || c == '_';
}

}

class ExpressionParser
{
public:
    ExpressionParser(std::string_view text, const Expression::Naming& atom) : m_text(text), m_atom(atom) {}

    base::Result<Expression> parse()
    {
        auto root = any(0);
        if (!root)
            return tl::unexpected(root.error());
        skip();
        if (m_at != m_text.size())
            return complain("unexpected “" + std::string(m_text.substr(m_at, 12)) + "”");
        m_out.m_root = *root;
        return std::move(m_out);
    }

private:
    using Index = base::Result<std::uint32_t>;

    tl::unexpected<base::Error> complain(std::string what) const
    {
        return base::fail(base::ErrorCode::Invalid,
                          fmt::format("{} at character {} of “{}”", what, m_at + 1, m_text));
    }

    void skip()
    {
        while (m_at < m_text.size() && (m_text[m_at] == ' ' || m_text[m_at] == '\n'))
            ++m_at;
    }

    bool take(char c)
    {
        skip();
        if (m_at >= m_text.size() || m_text[m_at] != c)
            return false;
        ++m_at;
        return true;
    }

    std::uint32_t add(Expression::Op op, std::uint32_t left, std::uint32_t right, std::uint32_t distance = 0)
    {
        m_out.m_nodes.push_back({op, left, right, distance});
        return static_cast<std::uint32_t>(m_out.m_nodes.size() - 1);
    }

    Index any(int depth)
    {
        Index left = all(depth);
        while (left && take('|')) {
            Index right = all(depth);
            if (!right)
                return right;
            left = add(Expression::Op::Or, *left, *right);
        }
        return left;
    }

    Index all(int depth)
    {
        Index left = close(depth);
        while (left && take('&')) {
            Index right = close(depth);
            if (!right)
                return right;
            left = add(Expression::Op::And, *left, *right);
        }
        return left;
    }

    Index close(int depth)
    {
        Index left = unary(depth);
        if (!left || !take('~'))
            return left;
        std::uint32_t distance = 0;
        while (m_at < m_text.size() && m_text[m_at] >= '0' && m_text[m_at] <= '9' && distance < 1000)
            distance = distance * 10 + static_cast<std::uint32_t>(m_text[m_at++] - '0');
        if (distance == 0)
            return complain("“~” needs a number of words");
        Index right = unary(depth);
        if (!right)
            return right;
        if (m_out.m_nodes[*left].op != Expression::Op::Atom ||
            m_out.m_nodes[*right].op != Expression::Op::Atom)
            return complain("“~” stands between two names");
        return add(Expression::Op::Near, *left, *right, distance);
    }

    Index unary(int depth)
    {
        if (depth > deepest)
            return complain("too deeply nested");
        if (take('!')) {
            Index inner = unary(depth + 1);
            return inner ? Index(add(Expression::Op::Not, *inner, 0)) : inner;
        }
        if (take('(')) {
            Index inner = any(depth + 1);
            if (inner && !take(')'))
                return complain("“)” is missing");
            return inner;
        }
        skip();
        const std::size_t begin = m_at;
        while (m_at < m_text.size() && in_name(m_text[m_at]))
            ++m_at;
        if (m_at == begin)
            return complain("a name is missing");
        Index atom = m_atom(m_text.substr(begin, m_at - begin));
        return atom ? Index(add(Expression::Op::Atom, *atom, 0)) : atom;
    }

    std::string_view m_text;
    const Expression::Naming& m_atom;
    std::size_t m_at = 0;
    Expression m_out;
};

base::Result<Expression> Expression::parse(std::string_view text, const Naming& atom)
{
    return ExpressionParser(text, atom).parse();
}

void Expression::gather(std::uint32_t index, bool and_only, std::vector<std::uint32_t>& out) const
{
    const Node& node = m_nodes[index];
    if (node.op == Op::Atom) {
        out.push_back(node.left);
    } else if (node.op == Op::And || node.op == Op::Near || (node.op == Op::Or && !and_only)) {
        gather(node.left, and_only, out);
        gather(node.right, and_only, out);
    }
}

std::vector<std::uint32_t> Expression::necessary() const
{
    std::vector<std::uint32_t> result;
    if (!m_nodes.empty())
        gather(m_root, true, result);
    return result;
}

std::vector<std::uint32_t> Expression::positive() const
{
    std::vector<std::uint32_t> result;
    if (!m_nodes.empty())
        gather(m_root, false, result);
    return result;
}

}
