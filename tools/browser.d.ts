// What the pages' own scripts find around them and no package describes.
import type htmx from "htmx.org";

declare global {
  interface Window {
    htmx: typeof htmx;
  }
  const htmx: Window["htmx"];
}
