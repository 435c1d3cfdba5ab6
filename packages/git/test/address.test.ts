import { describe, expect, it } from "vitest";
import { isAddress, readAddress, requireBranchName } from "../src/index.ts";

it.each([
  ["https://github.com/acme/app", "github.com", "acme/app", "https"],
  ["https://GitHub.com/acme/app.git/", "github.com", "acme/app", "https"],
  ["http://127.0.0.1:8080/a/b/c.git", "127.0.0.1:8080", "a/b/c", "http"],
  ["ssh://git@host.example:2222/acme/app.git", "host.example:2222", "acme/app", "ssh"],
  ["git@github.com:acme/app.git", "github.com", "acme/app", "ssh"],
  ["https://[::1]:3000/a/b", "[::1]:3000", "a/b", "https"],
])("goes to %s", (text, host, name, protocol) => {
  expect(isAddress(text)).toBe(true);
  expect(readAddress(text)).toEqual({ url: text, host, name, protocol });
});

it.each([
  "ext::sh -c touch% /tmp/pwned",
  "ext::sh",
  "fd::17",
  "--upload-pack=touch /tmp/pwned",
  "--upload-pack=touch",
  "-oProxyCommand=touch",
  "ssh://-oProxyCommand=touch/x/y",
  "ssh://-oProxyCommand=touch@host/x/y",
  "ssh://git@-oProxyCommand=touch/x/y",
  "-oProxyCommand=touch:x/y",
  "git@-oProxyCommand=touch:x/y",
  "host:-oProxyCommand",
  "host:a/--upload-pack=x",
  "file:///etc",
  "git://host/a/b",
  "ftp://host/a/b",
  "javascript://host/a",
  "https://host/../../etc",
  "https://host/a/%2e%2e/%2e%2e/etc",
  "https://host/a//b",
  "https://host/a\nb",
  "https://host/a b",
  "https://host/a\u202eb",
  "https://host/a%zz",
  "https://ho$(id)st/a/b",
  "https:///a/b",
  "https://host/a?upload-pack=x",
  "https://host\\@evil/a/b",
])("refuses %j", (text) => {
  expect(isAddress(text) || text.startsWith("-")).toBe(true);
  expect(() => readAddress(text)).toThrow(expect.objectContaining({ code: "CI_FIX_ADDRESS_REFUSED" }));
});

it("refuses an address with a password, and does not repeat it", () => {
  for (const text of [
    "https://me:s3cret@host/a/b",
    "https://s3cret@host/a/b",
    "ssh://me:s3cret@host/a/b",
    "s3cret:x@host:a b",
  ]) {
    expect(() => readAddress(text)).toThrow(expect.objectContaining({ code: "CI_FIX_ADDRESS_REFUSED" }));
    expect(() => readAddress(text)).not.toThrow(/s3cret/u);
  }
});

it("takes a path for a folder", () => {
  for (const text of ["../clones/app", "/srv/app", "C:\\src\\app", "C:/src/app", "app", "./a:b"])
    expect(isAddress(text)).toBe(false);
});

describe("a branch name", () => {
  it.each(["ci-fix/M01", "main", "ünï/cøde", "a.b"])("may be %s", (name) => {
    expect(requireBranchName(name)).toBe(name);
  });
  it.each([
    "",
    "-d",
    "a..b",
    "a b",
    "a~1",
    "a:b",
    "/a",
    "a/",
    "a//b",
    "a.lock",
    ".a",
    "a/.b",
    "@",
    "a@{1}",
    "a\nb",
    "a.",
  ])("may not be %j", (name) => {
    expect(() => requireBranchName(name)).toThrow(expect.objectContaining({ code: "CI_FIX_ADDRESS_REFUSED" }));
  });
});
