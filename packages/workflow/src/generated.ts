import type { YamlFile } from "@ci-fix/yaml-editor";

const notice =
  /@generated\b|\bauto[- ]?generated\b|\bautomatically generated\b|\bgenerated (?:automatically|by|from|with|using)\b|\b(?:do not|don't|should not be|must not be|not) (?:edit|modif|change)(?:y|ed|ied|d)?(?: (?:this|manually|directly|by hand|it\b)|[\s.!*#-]*$)/iu;
const maker = /\b(?:generated|created) (?:automatically )?(?:by|from|with|using):? +(.{2,})$/iu;
const headLines = 5;

/** Who made a file, or the sentence that says that a program did; undefined for a file that people write. */
export function generatedBy(path: string, file: YamlFile): string | undefined {
  const said = headComments(file).find((text) => notice.test(text));
  if (said !== undefined) return (maker.exec(said)?.[1] ?? said).replace(/[\s.,;:*#=-]+$/u, "");
  const name = path.slice(path.lastIndexOf("/") + 1);
  return /\.(?:lock|generated)\.ya?ml$/iu.test(name) ? `a generator, as its name ${name} says` : undefined;
}

function headComments(file: YamlFile): readonly string[] {
  const root = file.documents[0];
  const firstContent = root === undefined ? 1 : file.lineColumn(root.span.start).line;
  const texts: string[] = [];
  for (const comment of file.comments) {
    if (comment.line >= firstContent && comment.line > headLines) break;
    if (comment.ownLine && (comment.line < firstContent || isAtColumnOne(file, comment.span.start)))
      texts.push(comment.text.trim());
  }
  return texts;
}

function isAtColumnOne(file: YamlFile, offset: number): boolean {
  return file.lineColumn(offset).column === 1;
}
