import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";

const executablePath = ["/usr/bin/chromium", "/usr/bin/google-chrome"].find((path) => existsSync(path));

/** Tests of pages run where a browser is. */
export const hasBrowser: boolean = executablePath !== undefined;

/** A page that was opened, and all that the browser had to say of it. */
export interface OpenPage {
  readonly page: Page;
  /** Errors and warnings of the console, errors of scripts, dialogs, and requests for anything but the file itself. */
  readonly complaints: string[];
}

export async function startBrowser(): Promise<Browser> {
  if (executablePath === undefined) throw new Error("No browser was found.");
  const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"];
  return chromium.launch({ executablePath, args: [...args, "--disable-quic", "--disable-sync", "--no-first-run"] });
}

/** Opens a file of the disk as a person would, in a window of its own. */
export async function open(
  browser: Browser,
  path: string,
  width = 1280,
  colorScheme: "light" | "dark" = "light",
): Promise<OpenPage> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  const page = await context.newPage();
  const complaints: string[] = [];
  const address = pathToFileURL(path).href;
  page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`script: ${error.message}`));
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (request.url() !== address) complaints.push(`request: ${request.url()}`);
  });
  await page.goto(address);
  return { page, complaints };
}
