import { downstream, type Step } from "@ci-fix/workflow";

const anything = "\u0000";

/** The name of an artifact, with what is filled in later as one character. */
function nameOf(text: string | undefined): string | undefined {
  return text?.trim().replaceAll(/\$\{\{.*?\}\}/gsu, anything);
}

/** A step of a later job that fetches what this one uploads, and the job; undefined where none does. */
export function downloadOf(upload: Step): Step | undefined {
  const name = upload.inputs.get("name") ?? "artifact";
  return downstream(upload.job)
    .flatMap(({ steps }) => steps)
    .find((step) => isDownload(step) && step.softFail.kind === "absent" && isFor(step, name));
}

function isDownload({ action, inputs }: Step): boolean {
  return (
    action?.name.toLowerCase() === "actions/download-artifact" && !inputs.has("run-id") && !inputs.has("repository")
  );
}

function isFor({ inputs }: Step, name: string): boolean {
  const wanted = inputs.get("name");
  if (wanted !== undefined && wanted.trim() !== "") return squeezed(wanted) === squeezed(name);
  const pattern = nameOf(inputs.get("pattern"));
  return pattern !== undefined && pattern !== "*" && matches(pattern, nameOf(name) ?? "");
}

function squeezed(text: string): string {
  return text.replaceAll(/\s+/gu, "");
}

/** True if a name fits a pattern of `*`, whatever is filled into either of them later. */
function matches(pattern: string, name: string): boolean {
  const source = pattern
    .split(/[*\0]/u)
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`))
    .join(".*");
  return new RegExp(`^${source}$`, "su").test(name);
}
