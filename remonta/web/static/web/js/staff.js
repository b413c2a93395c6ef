/** What every staff page loads; the heavier parts come when a page asks for them. */

import { start as dialogs } from "remonta/dialog";
import { start as lists } from "remonta/lists";
import { start as live } from "remonta/live";
import { start as times } from "remonta/local-time";
import { start as operations } from "remonta/operation";
import { start as palette } from "remonta/palette";
import { start as scans } from "remonta/scan";
import { start as themes } from "remonta/theme";
import { start as toasts } from "remonta/toast";
import { start as extras } from "remonta/extras";

for (const start of [dialogs, themes, operations, toasts, scans, palette, live, lists, times, extras]) start();
