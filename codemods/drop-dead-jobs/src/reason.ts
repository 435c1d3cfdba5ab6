import type { Job, Unit } from "@ci-fix/workflow";

type Comments = NonNullable<Job["entry"]>["comments"];

/** `key: value` and list items; keys are in lower case, `TODO:` is not one. */
const code = /^(?:- )?(?!(?:todo|fixme|note|see|disabled|reason|because):)[a-z][\w.-]*:(?:\s|$)|^- /u;
const aboutBeingOff =
  /\b(?:disabl|broken|fail|flak|skip|temporar|deprecat|re-?enable|enable|todo|fixme|turned off|not work|does(?:n't| not)|until|slow|too long|remov|hang|unstable|block)/iu;
const awaited =
  /\b(?:todo|fixme|re-?enabled?|until|once|(?:enable|turn (?:this |it )?on) (?:this|it|again|after|if|when)|waiting (?:for|on)|blocked (?:by|on))\b|https?:\/\/\S|(?:^|[\s(])(?:[\w.-]+\/[\w.-]+)?#\d+\b/iu;
const leaving = /\b(?:remov|delet|drop|retir)/iu;
const longest = 160;

/** What the people who switched a unit off wrote about it: behind the condition, above it, or above the unit. */
export function reasonOf(unit: Unit): string | undefined {
  const said = commentOn(unit);
  return said === undefined || said.length <= longest ? said : `${said.slice(0, longest - 1).trimEnd()}…`;
}

/** True where they say what it waits for (a condition, an issue, a page that tells), and not that it should go. */
export function waits(unit: Unit): boolean {
  const said = commentOn(unit) ?? "";
  return awaited.test(said) && !leaving.test(said);
}

/** What is told of a unit that waits. */
export function whatItWaitsFor(unit: Unit): string {
  return `waits for something: "${reasonOf(unit) ?? ""}"; whether that has come is for a person to see`;
}

function commentOn(unit: Unit): string | undefined {
  const condition = unit.condition.entry?.comments;
  const around = unit.kind === "job" ? unit.entry?.comments : unit.item.comments;
  const above = leading(around);
  return (
    trailing(condition) ?? leading(condition) ?? (above !== undefined && aboutBeingOff.test(above) ? above : undefined)
  );
}

function trailing(comments: Comments | undefined): string | undefined {
  return sentence([comments?.trailing?.text ?? ""]);
}

function leading(comments: Comments | undefined): string | undefined {
  return sentence((comments?.leading ?? []).map((comment) => comment.text));
}

/** Lines of comment as one sentence; undefined for none, and for code that was commented out. */
function sentence(lines: readonly string[]): string | undefined {
  const texts = lines.map((line) => clean(line)).filter((line) => line !== "");
  return texts.length === 0 || texts.some((text) => code.test(text)) ? undefined : texts.join(" ");
}

function clean(line: string): string {
  return line
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .replace(/^[#\s]+/u, "")
    .trim();
}
