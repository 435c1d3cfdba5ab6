import type { ScanError } from "@ci-fix/runner";
import type { Notification, ReportingDescriptor } from "sarif";
import { plainMessage } from "./message.ts";
import { artifactAt } from "./place.ts";

/** A file that could not be read is an error: what is told about the repository is not complete. */
export function unreadFile({ file, code, message, line }: ScanError): Notification {
  return {
    descriptor: { id: code },
    level: "error",
    message: plainMessage(message),
    locations: [
      {
        physicalLocation: {
          artifactLocation: artifactAt(file),
          ...(line === undefined ? {} : { region: { startLine: line } }),
        },
      },
    ],
  };
}

export function leftOut(number: number, limit: number): Notification {
  return {
    descriptor: { id: "CI_FIX_RESULTS_LEFT_OUT" },
    level: "warning",
    message: plainMessage(`${number} results are left out: a run with more than ${limit} would be refused`),
  };
}

/** Each kind of notification once, as a tool has to name them. */
export function describeNotifications(notifications: readonly Notification[]): ReportingDescriptor[] {
  return [...new Set(notifications.flatMap(({ descriptor }) => descriptor?.id ?? []))].map((id) => ({ id }));
}
