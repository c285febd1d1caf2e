// What the pages say, by name and language, so that a script finds things by what a person reads.
import { readFileSync } from "node:fs";

const WORDS = JSON.parse(readFileSync(process.env.WORDS, "utf-8"));

/** A sentence of the pages in a language, filled in; an error where there is none of this name. */
export function said(language, name, filled = {}) {
  const sentence = WORDS[language][name];
  if (sentence === undefined) throw new Error(`the pages say nothing that is called ${name}`);
  return sentence.replace(/\{(\w+)\}/g, (_, key) => {
    if (!(key in filled)) throw new Error(`${name} has to be filled with ${key}`);
    return filled[key];
  });
}
