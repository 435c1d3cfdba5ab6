import { describeCodemod } from "@ci-fix/codemod/testkit";
import codemod from "@ci-fix/drop-dead-jobs";

describeCodemod(codemod, new URL("..", import.meta.url));
