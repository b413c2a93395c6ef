/** Which sign a key stands for on the keyboard a scanner pretends to be, whatever layout the machine has. */

const SHIFTED = new Map(Object.entries({ 1: "!", 2: "@", 3: "#", 4: "$", 5: "%", 6: "^", 7: "&", 8: "*", 9: "(", 0: ")" }));
const SIGNS = new Map(Object.entries({
  Minus: "-_", Equal: "=+", BracketLeft: "[{", BracketRight: "]}", Backslash: "\\|", Semicolon: ";:", Quote: "'\"",
  Backquote: "`~", Comma: ",<", Period: ".>", Slash: "/?", Space: "  ", NumpadDecimal: "..", NumpadSubtract: "--",
  NumpadAdd: "++", NumpadMultiply: "**", NumpadDivide: "//",
}));

/**
 * The sign by the place of the key on a US keyboard; "" when it stands for none.
 * @param {KeyboardEvent} event
 * @returns {string}
 */
export function signOf({ code, shiftKey }) {
  if (code.startsWith("Key")) return shiftKey ? code[3] : code[3].toLowerCase();
  if (code.startsWith("Digit")) return shiftKey ? (SHIFTED.get(code[5]) ?? "") : code[5];
  if (/^Numpad\d$/.test(code)) return code[6];
  return SIGNS.get(code)?.[shiftKey ? 1 : 0] ?? "";
}

const AIM = /^\](?=[A-Za-z])([A-Za-z][0-9A-Za-z])/;

/**
 * A scan without what scanners put around it: AIM symbology (`]C1`), the GS1 start sign, blanks.
 * @param {string} raw
 * @returns {{code: string, aim: string}}
 */
export function clean(raw) {
  const aim = AIM.exec(raw)?.[1] ?? "";
  const code = raw.replace(AIM, "").replace(/^[\u001d\u00e8\s]+|[\u001d\s]+$/g, "");
  return { code, aim };
}
