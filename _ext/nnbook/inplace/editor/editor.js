// The editor of a cell: CodeMirror 6 with Python, in the colours of the page's own Pygments theme.
// editor.min.js is made of this file: see README.md.
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { pythonLanguage } from "@codemirror/lang-python";
import { bracketMatching, indentOnInput, indentUnit, LanguageSupport, syntaxHighlighting } from "@codemirror/language";
import { EditorState, StateEffect, StateField } from "@codemirror/state";
import { Decoration, drawSelection, EditorView, highlightSpecialChars, keymap } from "@codemirror/view";
import { tagHighlighter, tags } from "@lezer/highlight";

// The classes of Pygments, so that light and dark are the theme's.
const pygments = tagHighlighter([
  { tag: tags.keyword, class: "k" },
  { tag: tags.moduleKeyword, class: "kn" },
  { tag: tags.operatorKeyword, class: "ow" },
  { tag: [tags.bool, tags.null, tags.self], class: "kc" },
  { tag: tags.comment, class: "c1" },
  { tag: [tags.string, tags.special(tags.string)], class: "s2" },
  { tag: tags.escape, class: "se" },
  { tag: tags.number, class: "mi" },
  { tag: tags.operator, class: "o" },
  { tag: tags.punctuation, class: "p" },
  { tag: tags.function(tags.definition(tags.variableName)), class: "nf" },
  { tag: tags.definition(tags.className), class: "nc" },
  { tag: tags.meta, class: "nd" },
  { tag: [tags.variableName, tags.propertyName], class: "n" },
]);

// The line where an error was raised, until the code is changed.
const mark = StateEffect.define();
const marked = StateField.define({
  create: () => Decoration.none,
  update(now, transaction) {
    if (transaction.docChanged) now = Decoration.none;
    for (const { value } of transaction.effects.filter((effect) => effect.is(mark))) {
      const known = value >= 1 && value <= transaction.state.doc.lines;
      const line = known && Decoration.line({ class: "nn-wrong" }).range(transaction.state.doc.line(value).from);
      now = line ? Decoration.set([line]) : Decoration.none;
    }
    return now;
  },
  provide: (field) => EditorView.decorations.from(field),
});

export function makeEditor({ parent, text, label, describedBy, run, changed }) {
  const act = () => (run(), true);
  return new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        keymap.of(["Shift-Enter", "Mod-Enter"].map((key) => ({ key, run: act }))),
        highlightSpecialChars(),
        history(),
        drawSelection(),
        indentUnit.of("    "),
        indentOnInput(),
        bracketMatching(),
        new LanguageSupport(pythonLanguage),
        syntaxHighlighting(pygments),
        marked,
        keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
        EditorView.contentAttributes.of({
          "aria-label": label,
          "aria-describedby": describedBy,
          autocapitalize: "off",
          spellcheck: "false",
          translate: "no",
        }),
        EditorView.updateListener.of((update) => update.docChanged && changed(update.state.doc.toString())),
      ],
    }),
  });
}

export const setText = (view, text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
export const markLine = (view, line) => view.dispatch({ effects: mark.of(line) });
