import { describeCodemod } from "@ci-fix/codemod/testkit";
import codemod from "@ci-fix/strip-soft-fail";

describeCodemod(codemod, new URL("..", import.meta.url));
