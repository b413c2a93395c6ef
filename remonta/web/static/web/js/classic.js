/** Scripts of others that are no modules: loaded once, when first needed, under the name the import map gives them. */

/** @type {Map<string, Promise<void>>} */
const loading = new Map();

/**
 * @param {string} name as in the import map
 * @returns {Promise<void>}
 */
export function classic(name) {
  const known = loading.get(name);
  if (known) return known;
  const script = document.createElement("script");
  script.src = import.meta.resolve(name);
  const loaded = /** @type {Promise<void>} */ (new Promise((resolve, reject) => {
    script.addEventListener("load", () => resolve());
    script.addEventListener("error", () => reject(new Error(name)));
  }));
  loading.set(name, loaded);
  document.head.append(script);
  return loaded;
}
