import type { components } from "@octokit/openapi-types";

type Schemas = components["schemas"];

/** What is read of GitHub's answers, by the names and types of its own OpenAPI description. */
export type Repository = Pick<Schemas["minimal-repository"], "name" | "clone_url" | "archived" | "fork" | "size"> & {
  readonly owner: Pick<Schemas["simple-user"], "login">;
};

export type FullRepository = Pick<
  Schemas["full-repository"],
  | "archived"
  | "disabled"
  | "default_branch"
  | "permissions"
  | "allow_merge_commit"
  | "allow_rebase_merge"
  | "allow_squash_merge"
>;

export type Pull = Pick<Schemas["pull-request-simple"], "number" | "html_url" | "merged_at" | "body"> & {
  readonly state: string;
  readonly head: { readonly ref: string };
};

export type Label = Pick<Schemas["label"], "name">;

export type Rule = Pick<Schemas["repository-rule-detailed"], "type">;

export interface SearchPage {
  readonly total_count: number;
  readonly items: readonly Repository[];
}
