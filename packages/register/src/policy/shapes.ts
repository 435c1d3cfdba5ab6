import type { Shape } from "../fields.ts";
import { isDate, MILESTONE, REPOSITORY_PATH } from "../patterns.ts";

/** `owner/name`, as GitHub allows it. */
export const REPOSITORY_NAME: RegExp = /^[A-Za-z\d](?:[A-Za-z\d-]*[A-Za-z\d])?\/[\w.-]+$/u;
/** `INV-061`. */
export const INVARIANT_ID: RegExp = /^[A-Z]{2,}-\d{2,}$/u;

export const STAGE: Shape = {
  matches: (text) => MILESTONE.test(text),
  wanted: "a letter and two digits or more, such as M03",
};
export const REPOSITORY: Shape = {
  matches: (text) => REPOSITORY_NAME.test(text),
  wanted: "a repository as owner/name",
};
export const INVARIANT: Shape = {
  matches: (text) => INVARIANT_ID.test(text) && text !== "INV-060",
  wanted: "capital letters and a number, such as INV-061; INV-060 is there already",
};
export const DAY: Shape = { matches: isDate, wanted: "a day, such as 2027-03-01" };
export const FILES: Shape = {
  matches: (text) => REPOSITORY_PATH.test(text),
  wanted: "a path or pattern below the repository's root, with /",
};
