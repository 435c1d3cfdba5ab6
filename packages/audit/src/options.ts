import type { SurveyOptions } from "@ci-fix/runner";

/** What an audit is made of. The same repository and options give the same bytes. */
export interface AuditOptions {
  /** Where to look; its repository's root is the root of all paths. Default: the current folder. */
  readonly directory?: string;
  /** Wins over the policy file. */
  readonly milestone?: string;
  /** `YYYY-MM-DD`; default today (UTC). */
  readonly date?: string;
  /** `owner/name` in which the fixes would be observed; without it the one that guards name. */
  readonly repository?: string;
  /** Required checks by the name or id of their job. Undefined: unknown. */
  readonly requiredChecks?: readonly string[];
  /** What people call the milestone; without it, the title of its record. */
  readonly title?: string;
  /** True where a record of this audit is about to be written: it then counts as written down. */
  readonly recording?: boolean;
  readonly onFile?: SurveyOptions["onFile"];
}
