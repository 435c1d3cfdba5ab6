import { describeCodemod } from "@ci-fix/codemod/testkit";
import codemod from "../src/index.ts";

describeCodemod(codemod, new URL("..", import.meta.url));
