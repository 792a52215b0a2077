#pragma once

#include "core/clauses/pack.h"

#include <QDialog>

class QComboBox;
class QPlainTextEdit;

namespace leeway::ui {

/// Why the reviewer decides so. A note belongs to a decision, so the verdict is chosen here too.
class NoteDialog : public QDialog
{
    Q_OBJECT

public:
    NoteDialog(const clauses::Check& check, clauses::Verdict verdict, const QString& note,
               QWidget* parent = nullptr);
    [[nodiscard]] clauses::Verdict verdict() const;
    [[nodiscard]] QString note() const;

private:
    QComboBox* m_verdict;
    QPlainTextEdit* m_note;
};

}
