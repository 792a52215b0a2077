#pragma once

#include "core/base/result.h"
#include "core/report/model.h"

#include <filesystem>
#include <string>

namespace leeway::report {

/// An A4 PDF with real text, embedded fonts, page numbers and bookmarks. Needs a QGuiApplication (any
/// platform). An existing file is replaced only when the new one is whole.
base::Status write_pdf(const Model& model, const std::filesystem::path& file);

/// The same facts as JSON, for scripts.
std::string to_json(const Model& model);

}
