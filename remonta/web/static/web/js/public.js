/** What customers' pages load. */

import { start as dialogs } from "remonta/dialog";
import { start as extras } from "remonta/extras";
import { start as times } from "remonta/local-time";
import { start as operations } from "remonta/operation";
import { start as themes } from "remonta/theme";
import { start as toasts } from "remonta/toast";

for (const start of [dialogs, themes, operations, toasts, times, extras]) start();
