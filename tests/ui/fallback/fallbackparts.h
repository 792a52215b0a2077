#pragma once

#include "tests/unit/fallback/endpoints/scriptedserver.h"
#include "ui/widgets/text.h"

#include <QFile>
#include <QLabel>
#include <QTemporaryDir>
#include <QWidget>

/// A suite of four questions, and a server that answers three of them right.
namespace fallbackparts {

using namespace leeway;
using namespace leeway::ui;

inline constexpr int patience = 30'000;

inline QString labelsOf(const QWidget& widget)
{
    QStringList texts;
    for (const QLabel* each : widget.findChildren<QLabel*>()) {
        if (each->isVisibleTo(&widget))
            texts << each->text();
    }
    return texts.join(u'\n');
}

// Four cases whose right answer is their own name.
inline QString suiteIn(const QTemporaryDir& folder)
{
    QFile file(folder.filePath(u"suite.yaml"_s));
    if (!file.open(QIODevice::WriteOnly))
        qFatal("cannot write the suite");
    file.write("leeway-suite: 1\nname: Names\ncases:\n");
    for (const char* name : {"one", "two", "three", "four"})
        file.write(QByteArray("- id: ") + name + "\n  prompt: Say " + name + "\n  expected: " + name +
                   "\n  assert: [{type: equals, value: " + name + "}]\n");
    return file.fileName();
}

// Says the last word of the question, but something else to “two”.
inline void echo(const HttpRequest& request, HttpAnswer answer)
{
    if (answer_as_llama(request, answer))
        return;
    const QByteArray name = request.body.contains("Say one")     ? "one"
                            : request.body.contains("Say three") ? "three"
                            : request.body.contains("Say four")  ? "four"
                                                                 : "something else";
    answer.begin();
    answer.chunk(said('"' + name + '"') + ended(12, 3));
    answer.end();
}

}
