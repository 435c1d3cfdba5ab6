import type { Forge } from "@ci-fix/forge";

export interface FolderForge extends Forge {
  /** Every pull request of a repository, oldest first. */
  pulls(
    name: string,
  ): { number: number; state: string; head: string; body: string; title: string; comments: string[] }[];
  /** As a person does on the web. */
  settle(name: string, number: number, state: "merged" | "closed"): void;
  /** Asked before each answer; may throw. */
  disturb: ((method: string, name: string) => void) | undefined;
  /** Names of repositories and what stands in the way there. */
  readonly obstacles: Map<string, { obstacle: "permission" | "archived" | "rule"; message: string }>;
}

/** A forge whose pull requests are files of a folder: it outlives the process that asks it, as a real one does. */
export function folderForge(folder: string, host: string): FolderForge;
