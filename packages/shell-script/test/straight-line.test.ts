import { describe, expect, it } from "vitest";
import { isOverwritten, lineCommands, type LineShell } from "../src/index.ts";

/** The first word of each command whose exit code is lost; undefined where nothing is claimed. */
function lost(text: string, shell: LineShell): readonly string[] | undefined {
  const commands = lineCommands(text, shell);
  return commands?.filter((command) => isOverwritten(commands, command)).map(({ words }) => words[0] ?? "");
}

describe("PowerShell", () => {
  it.each([
    ["dotnet build\ndotnet test", ["dotnet"]],
    ["dotnet test", []],
    ["dotnet test\nWrite-Host done\nmkdir out", []],
    ["# dotnet build\ndotnet test", []],
    ["$out = git status\ndotnet test", ["git"]],
    ["& 'C:\\tools\\app.exe' --check\nnpm test", ["C:\\tools\\app.exe"]],
    ["dotnet build `\n  --no-restore\nnpm test", ["dotnet"]],
    ["${{ inputs.command }}\nnpm test", []],
    ["./build.ps1\nnpm test", []],
    ["npm test | Tee-Object log.txt\nnpm run lint", ["npm"]],
  ])("%j loses %j", (text, expected) => expect(lost(text, "pwsh")).toEqual(expected));

  it.each([
    "if ($x) { dotnet build }\ndotnet test",
    "dotnet build\nif ($LASTEXITCODE) { exit 1 }",
    "dotnet build && dotnet test\nnpm test",
    "$ErrorActionPreference = 'Continue'\ndotnet build\nnpm test",
    "$text = @'\nhere\n'@\ndotnet build\nnpm test",
    "try {\n dotnet build\n} catch {}\nnpm test",
    "Write-Host 'open\ndotnet build",
  ])("says nothing of %j", (text) => expect(lost(text, "pwsh")).toBeUndefined());
});

describe("cmd", () => {
  it.each([
    ["cmake --build out\nctest", ["cmake"]],
    ["call npm test\ncall npm run lint", ["npm"]],
    ["npm test\ncmake --build out", []],
    ["rem cmake\ncmake --build out", []],
    ["cmake ^\n  --build out\nctest", ["cmake"]],
  ])("%j loses %j", (text, expected) => expect(lost(text, "cmd")).toEqual(expected));

  it.each(["cmake --build out || exit /b 1\nctest", "if exist x cmake\nctest", ":again\ncmake\nctest"])(
    "says nothing of %j",
    (text) => expect(lost(text, "cmd")).toBeUndefined(),
  );

  it("knows where a command stands", () => {
    const text = "echo on\n  cmake ^\n    --build out\nctest\n";
    const command = lineCommands(text, "cmd")?.[1];
    expect(command).toMatchObject({ words: ["cmake", "--build", "out"], indent: "  " });
    expect(text.slice(command?.span.start, command?.lineEnd)).toBe("cmake ^\n    --build out");
  });
});
