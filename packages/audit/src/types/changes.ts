import type { Severity } from "@ci-fix/codemod";
import type { Certificate, Judgement } from "@ci-fix/proof";
import type { Sentence } from "./shared.ts";

/** A commit of the range. */
export interface CommitFacts {
  /** 40 or 64 hex digits. */
  readonly oid: string;
  readonly subject: Sentence;
  /** Risks that it lands, by its trailers; empty for a commit of a person. */
  readonly landed: readonly string[];
  /** Risks that it takes back. */
  readonly rolledBack: readonly string[];
}

/** Files of the delta that are of one kind. */
export type Surface =
  | "workflow"
  | "action"
  | "ci-script"
  | "governance"
  | "documentation"
  | "test"
  | "dependency"
  | "schema"
  | "migration"
  | "api"
  | "cli"
  | "file-format"
  | "library"
  | "other";

/** A file that differs between the base and the audited commit. */
export interface TouchedFile {
  readonly file: string;
  /** Its name at the base, where only the name changed; null else. */
  readonly from: string | null;
  readonly change: "added" | "modified" | "removed" | "renamed";
  readonly surface: Surface;
  /** Lines; null for what is not text of CI, docs or governance (only its path is looked at). */
  readonly added: number | null;
  readonly removed: number | null;
  /** What was done to it: the subjects of the commits that touched it without their scope, or what differs. */
  readonly what: readonly Sentence[];
  /** Risks that landed in it. */
  readonly ids: readonly string[];
}

/** A hunk of a unified diff with three lines of context. */
export interface DiffHunk {
  /** 1-based. */
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  /** With their sign: a blank, `-`, `+` (or `\` for a missing final newline). No line break. */
  readonly lines: readonly string[];
}

/** What one risk changed in one file, and what that does to a run. */
export interface ChangeProof {
  readonly file: string;
  /** Of this risk alone: from the commit before it, with nothing but its fix. */
  readonly hunks: readonly DiffHunk[];
  readonly judgement: Judgement;
  readonly certificate: Certificate;
  /** SHA-256 in hex of the certificate. */
  readonly digest: string;
}

/** The diff-based semantic proof of one risk. */
export interface RiskProof {
  readonly id: string;
  readonly title: Sentence;
  readonly severity: Severity;
  /** The commit that landed it. */
  readonly commit: string;
  /** What was done, as the subject of its commit says without its scope. */
  readonly change: Sentence;
  /** What a run does differently: one sentence for each place. */
  readonly effects: readonly Sentence[];
  readonly changes: readonly ChangeProof[];
}

/** A job in the graph of a workflow. */
export interface GraphJob {
  readonly id: string;
  readonly name: string | null;
  /** Ids of the jobs that it waits for. */
  readonly needs: readonly string[];
  /** Its condition as written; null where none is. */
  readonly condition: string | null;
  /** The reusable workflow that it calls; null else. */
  readonly calls: string | null;
  readonly softFail: boolean;
  /** True where it can never run. */
  readonly dead: boolean;
  readonly matrix: boolean;
  readonly steps: number;
}

/** The jobs of a touched workflow on both sides. */
export interface JobGraph {
  readonly file: string;
  /** Null where the file is not there (or no workflow) on that side. */
  readonly before: readonly GraphJob[] | null;
  readonly after: readonly GraphJob[] | null;
  /** Ids. `changed`: the job's text differs. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
}
