#pragma once

#include "core/document/document.h"

class QPainter;

namespace leeway::ui {

/// Gives a document without pages some: its blocks set on A4 pages, with a box for every word.
document::Document typeset(const document::Document& document);

/// Draws a page of a typeset document; one unit of the painter is a point.
void paintTypeset(QPainter& painter, const document::Document& document, std::uint32_t page);

}
