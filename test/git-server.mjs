// Git over HTTP on loopback, served by git's own `http-backend` as a CGI program.
import { execFileSync, spawn } from "node:child_process";
import { createServer } from "node:http";
import { join } from "node:path";

const backend = join(execFileSync("git", ["--exec-path"], { encoding: "utf8" }).trim(), "git-http-backend");

export async function serveGit(folder, { port = 0 } = {}) {
  const stats = { requests: 0, received: 0, sent: 0, paths: [] };
  const served = { url: "", stats, intercept: undefined, close };
  const server = createServer((request, response) => {
    stats.requests += 1;
    stats.paths.push(request.url);
    request.on("data", (chunk) => (stats.received += chunk.length));
    request.pause();
    void answer(request, response);
  });
  // Each git command opens its own connection; waiting for idle ones to end would hold up `close`.
  server.keepAliveTimeout = 1;

  async function answer(request, response) {
    if ((await served.intercept?.(request, response)) === true) return;
    runBackend(folder, request, response, stats);
  }
  function close() {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  }
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  served.url = `http://127.0.0.1:${server.address().port}`;
  return served;
}

function runBackend(folder, request, response, stats) {
  const url = new URL(request.url, "http://server");
  const child = spawn(backend, {
    stdio: ["pipe", "pipe", "ignore"],
    env: {
      PATH: process.env.PATH,
      GIT_PROJECT_ROOT: folder,
      GIT_HTTP_EXPORT_ALL: "1",
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_CONFIG_COUNT: "3",
      GIT_CONFIG_KEY_0: "uploadpack.allowFilter",
      GIT_CONFIG_VALUE_0: "true",
      GIT_CONFIG_KEY_1: "http.receivepack",
      GIT_CONFIG_VALUE_1: "true",
      GIT_CONFIG_KEY_2: "safe.directory",
      GIT_CONFIG_VALUE_2: "*",
      REQUEST_METHOD: request.method,
      PATH_INFO: decodeURIComponent(url.pathname),
      QUERY_STRING: url.search.slice(1),
      CONTENT_TYPE: request.headers["content-type"] ?? "",
      ...(request.headers["content-length"] === undefined ? {} : { CONTENT_LENGTH: request.headers["content-length"] }),
      HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "",
      HTTP_GIT_PROTOCOL: request.headers["git-protocol"] ?? "",
      GIT_PROTOCOL: request.headers["git-protocol"] ?? "",
      REMOTE_USER: "somebody",
      REMOTE_ADDR: "127.0.0.1",
    },
  });
  child.stdin.on("error", () => {});
  request.pipe(child.stdin);
  let head = Buffer.alloc(0);
  let open = false;
  child.stdout.on("data", (chunk) => {
    stats.sent += chunk.length;
    if (open) return response.write(chunk);
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf("\r\n\r\n");
    if (end === -1) return undefined;
    const lines = head.toString("latin1", 0, end).split("\r\n");
    const headers = lines.map((line) => /^([^:]+): (.*)$/.exec(line)).filter((match) => match !== null);
    const status = headers.find(([, name]) => name.toLowerCase() === "status")?.[2];
    for (const [, name, value] of headers) if (name.toLowerCase() !== "status") response.setHeader(name, value);
    response.writeHead(Number(status?.slice(0, 3) ?? 200));
    open = true;
    return response.write(head.subarray(end + 4));
  });
  child.on("close", () => response.end());
  response.on("close", () => child.kill());
}
