import { defineConfig } from "vitest/config";

// Not "import": Node would take it for what CommonJS packages ask for, too.
const conditions = ["ci-fix-source", "module", "node", "default"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: [
      "packages/*/test/**/*.test.ts",
      "codemods/*/test/**/*.test.ts",
      "editors/*/test/**/*.test.ts",
      "test/**/*.test.ts",
    ],
    setupFiles: ["test/property-runs.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
