import type { IncomingMessage, ServerResponse } from "node:http";

export interface GitServer {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** What was asked and sent since the start. */
  readonly stats: { requests: number; received: number; sent: number; paths: string[] };
  /** Takes a request away from git: true when it has answered. */
  intercept: ((request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>) | undefined;
  close(): Promise<void>;
}

/** Serves the bare repositories of a folder with `git http-backend`, for reading and pushing. */
export function serveGit(folder: string, options?: { port?: number }): Promise<GitServer>;
