#pragma once

#include "core/base/result.h"
#include "core/document/worker.h"

#include <filesystem>
#include <functional>
#include <string>

namespace leeway::document {

/// The Tesseract program of this machine, which reads words from pictures of pages. It is given pixels that
/// the worker has drawn, never a file from outside.
class Tesseract
{
public:
    /// The program on $PATH with English, and German and French where they are installed. NoText with what to
    /// install otherwise.
    static base::Result<Tesseract> find();

    /// The words of a page as Tesseract's table (TSV). Blocking; `wanted` as in run_program(). Errors:
    /// Cancelled, TooLarge (over a minute or two), Io.
    base::Result<std::string> read(const Scan& scan, const std::function<bool()>& wanted) const;

private:
    std::filesystem::path m_program;
    std::string m_languages; // "eng+deu"
};

}
