import type { Unit, Workflow } from "@ci-fix/workflow";
import type { Comment, Span } from "@ci-fix/yaml-editor";
import { once } from "./once.ts";

/** A comment about a soft-fail. */
export interface Remark {
  /** One line, without `#`. */
  readonly text: string;
  /** The sentence of it that speaks of the failure. */
  readonly said: string;
  /** `trailing` stands on the line of the soft-fail, `above` before it or its unit, `elsewhere` anywhere in the file. */
  readonly place: "trailing" | "above" | "elsewhere";
}

/** What is written about a soft-fail: why it is there (`reason`), that it is meant (`intent`), or only that it shall go (`debt`). */
export interface Remarks {
  readonly reason: Remark | undefined;
  readonly intent: Remark | undefined;
  readonly debt: Remark | undefined;
}

function remark(block: readonly Comment[], place: Remark["place"]): Remark {
  const text = oneLine(block);
  return { text, said: tellingSentence(text, tolerance), place };
}

const none: Remarks = { reason: undefined, intent: undefined, debt: undefined };

/** Reads the comments at a soft-fail, at its unit, and those elsewhere that name both. */
export function remarksOn(unit: Unit): Remarks {
  if (unit.softFail.kind === "absent") return none;
  const { leading, trailing } = unit.softFail.entry.comments;
  const remarks: Remark[] = [];
  if (trailing !== undefined) remarks.push(remark([trailing], "trailing"));
  if (leading.length > 0) remarks.push(remark(leading, "above"));
  remarks.push(...blocksAt(unit).map((block) => remark(block, "above")));
  remarks.push(...elsewhere(unit));
  const meant = remarks.filter((one) => isAboutThis(one, unit));
  const reason = meant.find(({ text }) => !onlyRestates(text));
  return { ...none, reason, intent: meant[0], debt: remarks.find(({ text }) => isDebt(text)) };
}

/** True if a comment is about the failure that is tolerated, rather than about the unit as a whole. */
export function speaksOfFailure(text: string): boolean {
  return (
    tolerance.test(text) ||
    debtWord.test(text) ||
    machineText.test(text) ||
    softFailWord.test(text) ||
    /\bfail/iu.test(text)
  );
}

/** The texts of all comments in and directly above a unit. */
export function commentsOf(unit: Unit): readonly string[] {
  return blocksAt(unit).map(oneLine);
}

/** The part of a long comment that speaks of the failure. */
function tellingSentence(text: string, about: RegExp): string {
  return text.split(/(?<=[.!?])\s+/u).find((sentence) => about.test(sentence)) ?? text;
}

/** An exception is no reason of its own: whether it holds is decided elsewhere. */
const exception = /^\s*ci-fix\s*:/iu;

function oneLine(block: readonly Comment[]): string {
  return block
    .filter(({ text }) => !exception.test(text))
    .map(({ text }) => text.replace(/^[#\s]+/u, "").trim())
    .filter((text) => text !== "")
    .join(" ");
}

/** Blocks of own-line comments that stand above or in a step, or above a job and in its head. */
function blocksAt(unit: Unit): readonly (readonly Comment[])[] {
  const { yaml } = (unit.kind === "job" ? unit : unit.job).workflow.file;
  const node = unit.kind === "job" ? unit.entry : unit.item;
  if (node === undefined) return [];
  const first = node.comments.leading;
  const end = unit.kind === "job" ? (unit.steps[0]?.item.span.start ?? node.span.end) : node.span.end;
  const inside = commentsWithin(yaml.comments, { start: node.span.start + 1, end }).filter(({ ownLine }) => ownLine);
  const blocks: Comment[][] = first.length > 0 ? [[...first]] : [];
  for (const comment of inside) {
    const last = blocks.at(-1);
    if (last !== undefined && last.at(-1)?.line === comment.line - 1) last.push(comment);
    else blocks.push([comment]);
  }
  return blocks;
}

/** Those that begin in a span. Comments stand in file order. */
function commentsWithin(comments: readonly Comment[], { start, end }: Span): readonly Comment[] {
  return comments.slice(firstFrom(comments, start), firstFrom(comments, end));
}

function firstFrom(comments: readonly Comment[], offset: number): number {
  let [low, high] = [0, comments.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((comments[middle]?.span.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Comments of the file that speak of this job and of its soft-fail. */
function elsewhere(unit: Unit): readonly Remark[] {
  if (unit.kind !== "job" || unit.id.length < 4) return [];
  return softFailTexts(unit.workflow).get(unit.id) ?? [];
}

/** What the comments of a file say of soft-fails, by each of their words. */
const softFailTexts = once((workflow: Workflow): ReadonlyMap<string, readonly Remark[]> => {
  const byWord = new Map<string, Remark[]>();
  for (const text of blocksOf(workflow)) {
    if (!softFailWord.test(text) || /\b(?:no|without) (?:continue-on-error|soft-?fail)/iu.test(text)) continue;
    const said: Remark = { text, said: tellingSentence(text, softFailWord), place: "elsewhere" };
    for (const word of new Set(text.split(/[^\w-]+/u))) {
      const remarks = byWord.get(word);
      if (remarks === undefined) byWord.set(word, [said]);
      else remarks.push(said);
    }
  }
  return byWord;
});

function blocksOf(workflow: Workflow): readonly string[] {
  const blocks: Comment[][] = [];
  for (const comment of workflow.file.yaml.comments) {
    const last = blocks.at(-1)?.at(-1);
    if (comment.ownLine && last?.ownLine === true && last.line === comment.line - 1) blocks.at(-1)?.push(comment);
    else blocks.push([comment]);
  }
  return blocks.map(oneLine);
}

const softFailWord = /continue-on-error|soft-?fail|allowed to fail/iu;

/** Words in which a tolerated failure is spoken of. */
const tolerance =
  /\b(?:continue-on-error|soft-?fail\w*|best[- ]effort|non-?(?:fatal|blocking|critical|gating)|informational|advisory|optional(?:ly)?|(?:not|never|\w*n't|without) (?:\w+ ){0,4}?(?:fail\w*|block\w*|break|gate|stop|abort|terminat\w+|turn|prevent\w*|suppress\w*)|(?:do(?:es)?n't|do(?:es)? not|doesnt|dont) work|allow(?:ed)?(?: \w+){0,4} to fail|allow(?:ed|s|ing)? fail\w*|may (?:fail|be missing|not (?:exist|work))|might (?:fail|be missing|not)|can (?:fail|be missing)|could fail|sometimes fails|(?:keeps?|often|randomly|occasionally) fail\w*|ignor(?:e|es|ed|ing)(?: \w+){0,3} (?:fail\w*|errors?)|tolerat\w+|known (?:issue|to fail|failures?)|rate limit\w*|flak(?:y|iness)|unstable|unreliable|not (?:yet )?(?:supported|stable|required|available|ready)|unavailable|experimental|fails? (?:because|since|due|on|with|when|if|for|until|while)|currently (?:fail\w*|broken)|is broken|broken (?:on|by|since|because)|this is fine|(?:job|step|check|workflow|it) (?:just |only |merely )?reports|problems? for now|re-?enable|fall(?:s|ing)? back)\b/iu;

const tracked = /https?:\/\/\S+|(?:^|[\s(])(?:[\w.-]+\/[\w.-]+)?#\d+\b|\bGH-\d+\b|\b[A-Z][A-Z0-9]+-\d+\b/u;
const debtWord =
  /\b(?:todo|fixme|xxx|hack|tbd|temporary|temporarily|for now|flaky|flake|broken|later|some ?day|wip)\b/iu;

/** What a tool, not a person, reads: pins of versions, switches of linters, keys that were commented out. */
const machineText =
  /^(?:v?\d+(?:\.\d+)*(?:[-+.]\w+)*|tag=\S+|pin@\S+|ratchet:\S+|renovate:.*|zizmor:.*|yamllint .*|noqa.*|nosec.*|shellcheck .*|actionlint.*|prettier-ignore.*|codespell:.*|-{2,}|={2,}|[*#=-]+)$/iu;
const commentedOut =
  /^(?:- )?(?:if|run|uses|with|name|env|id|shell|needs|steps|continue-on-error|timeout-minutes|runs-on|strategy|matrix|working-directory|permissions|container|services|outputs)\s*:(?:\s|$)|^- \S+: \S/u;
const filler =
  /\b(?:todo|fixme|xxx|hack|tbd|wip|temporary|temporarily|temp|for|now|flaky|flakes?|broken|later|some|day|please|fix|fixed|remove|removed|re-?enable|enable|this|that|it|is|are|be|the|a|an|to|should|we|must|once|when|until|on|continue|continue-on-error|error|errors|allow|allowed|ignore|fail|failure|failures|failing|fails|don't|dont|do|not|no|soft-?fail|job|step|build|ci|tests?|make|pass|passes|passing|stable|working|works|currently|note|and|of|if|in|even|true|false|yes)\b/giu;

const restating =
  /^\W*(?:note\W+)?(?:(?:we |just |please |but )*(?:continue|allow|ignore|keep going|proceed|carry on|go on|let|(?:don['’]?t|do not|never|won['’]?t|will not|should(?:n['’]?t| not)|not) (?:\w+ ){0,2}?(?:fail\w*|block\w*|break|stop|abort))|(?:step|job|lint\w*|tests?) (?:is|are) allowed)\b/iu;
const causal =
  /\b(?:because|since|as|due|until|while|so|but|not (?:yet )?supported|flak\w+|known|upstream|experimental|optional|informational|reports?|rate|network|missing|exists?|expired|external|third|outage|unavailable|only)\b/iu;

/** "Continue even if linting fails" says what the setting does, not why. */
function onlyRestates(text: string): boolean {
  return restating.test(text) && !causal.test(text) && !tracked.test(text);
}

/** True for a comment that a person wrote about the failure being tolerated, beyond a bare "TODO". */
function isAboutThis({ text, place }: Remark, unit: Unit): boolean {
  if (text === "" || machineText.test(text) || commentedOut.test(text)) return false;
  if (place === "elsewhere") return true;
  if (place === "above" && !tolerance.test(text) && !(debtWord.test(text) && tracked.test(text))) return false;
  if (aboutSiblings(text, unit)) return false;
  if (tracked.test(text) || restating.test(text)) return true;
  if (/^(?:\W*)(?:best[- ]effort|informational|advisory|optional|non-?blocking|experimental)\b/iu.test(text))
    return true;
  return contentWords(text) >= (debtWord.test(text) ? 3 : 2);
}

/** "Don't fail the other builds if one fails" is about fail-fast. */
function aboutSiblings(text: string, unit: Unit): boolean {
  return unit.kind === "job" && /\b(?:other|others|fast|sibling|cancel\w*)\b/iu.test(text) && !softFailWord.test(text);
}

function isDebt(text: string): boolean {
  return debtWord.test(text) && !machineText.test(text) && !commentedOut.test(text);
}

function contentWords(text: string): number {
  return text.replace(filler, " ").match(/[\p{L}\d][\p{L}\d'./-]*/gu)?.length ?? 0;
}
