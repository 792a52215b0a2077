#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::bench {

/// A kind of text that is hard on the engine, at any size.
struct Adversary
{
    std::string_view name;
    std::function<std::string(std::size_t bytes)> make;
};

inline std::string repeated(std::size_t bytes, std::string_view unit, std::string_view opening = {})
{
    std::string text(opening);
    text.reserve(bytes + unit.size());
    while (text.size() < bytes)
        text += unit;
    return text;
}

/// `unit(i)` one behind the other.
template<typename Unit>
std::string numbered(std::size_t bytes, const Unit& unit)
{
    std::string text;
    text.reserve(bytes + 200);
    for (std::size_t i = 0; text.size() < bytes; ++i)
        text += unit(i);
    return text;
}

inline std::string nested_lists(std::size_t bytes)
{
    static constexpr std::string_view marks[] = {"1. ", "(a) ", "(i) ", "(A) ", "(1) ", "(aa) "};
    return numbered(bytes, [](std::size_t i) {
        const std::size_t depth = i % 12 < 6 ? i % 12 : 11 - i % 12;
        return std::string(depth * 2, ' ') + std::string(marks[depth]) +
               "the Provider shall not, except where:\n\n";
    });
}

inline std::vector<Adversary> adversaries()
{
    using std::to_string;
    const auto of = [](std::string_view unit, std::string_view opening = {}) {
        return [unit, opening](std::size_t bytes) { return repeated(bytes, unit, opening); };
    };
    const auto each = [](auto unit) { return [unit](std::size_t bytes) { return numbered(bytes, unit); }; };
    return {
        {"one line",
         of("The Provider shall not use Customer Data to train models unless the Customer agrees, and "
            "may suspend the Services upon thirty (30) days notice; ")},
        {"one sentence",
         of("and the Customer may, if the Provider terminates, except as required by law, or ")},
        {"no spaces", of("termination")},
        {"nested lists", nested_lists},
        {"headings", each([](std::size_t i) {
             return to_string(i / 20 + 1) + "." + to_string(i % 20 + 1) +
                    " TERMINATION AND RENEWAL\n\nThe fees may rise by 5% "
                    "a year upon notice.\n\n";
         })},
        {"plain headings", of("TERMINATION AND RENEWAL\n\n")},
        {"mixed scripts",
         of("Der Anbieter kündigt. Исполнитель вправе. 提供者は解約できる。 The Provider may "
            "terminate. يجوز للمزود ")},
        {"invalid UTF-8", of("The \xff\xfe Provider \xc3( may \xe2\x82 \xf0\x9f terminate \x80. ")},
        {"one word", of("Customer ")},
        {"digits", of("0123456789")},
        {"numbers", of("one hundred thirty (30) ")},
        {"labels", of("(a)")},
        {"labels with blanks", of("(a) ")},
        {"lines of labels", of("(a)\n\n")},
        {"full stops", of(". ")},
        {"closing marks", of(").\"")},
        {"new words", each([](std::size_t i) { return "w" + to_string(i * 7919) + "x "; })},
        {"definitions", each([](std::size_t i) {
             return "\"Term" + to_string(i % 5000) + "\" means Customer Data and the Term" +
                    to_string(i % 4999) + " used to train models.\n\n";
         })},
        {"one term defined often",
         of("Services Services Services Services. \"Services\" means Customer Data, Output, fees, "
            "termination, models and personal data.\n\n")},
        {"exceptions", of("except except that (b) ")},
        {"tables", of("Fee | Term | 30 days | EUR 5\n")},
        {"wrapped lines", of("the Provider shall and the Customer may at any\n")},
        {"pages", each([](std::size_t i) {
             return "Confidential\n" + repeated(400, "The Provider may terminate.\n\n") + to_string(i) +
                    "\n\f";
         })},
        {"quotation marks", of("\"A\" ")},
    };
}

}
