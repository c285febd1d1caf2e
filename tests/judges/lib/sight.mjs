// What can be seen to be wrong with a page that is open in Chromium. Each function gives sentences;
// none where all is well.
import axe from "axe-core";

const SHORT = 220;
const MOST_ALIKE = 12; // axe-core takes a second for a hundred rows
const OF_COLOURS = ["color-contrast", "link-in-text-block", "target-size"];
const OF_WORDS = ["button-name", "link-name", "label", "document-title", "html-has-lang", "valid-lang"];

/** Opens what is folded away, which is looked at too. */
export const unfolded = (page) =>
  page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));

/** Takes out what follows the first of many that are of one kind: rows of a table, parts of a list. */
const thinned = (page) =>
  page.evaluate((most) => {
    for (const parent of document.querySelectorAll("main, main *")) {
      const kinds = new Map();
      for (const one of [...parent.children]) {
        const kind = `${one.tagName} ${one.className}`;
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
        if (kinds.get(kind) > most) one.remove();
      }
    }
  }, MOST_ALIKE);

/** What axe-core finds; with `again`, by the rules that hang on colours, sizes and words alone. */
export async function violations(page, { again = false } = {}) {
  await unfolded(page);
  await thinned(page);
  await page.evaluate(axe.source);
  const rules = again ? [...OF_COLOURS, ...OF_WORDS] : [];
  const found = await page.evaluate(async (only) => {
    const some = only.length ? { runOnly: { type: "rule", values: only } } : {};
    const how = { ...some, rules: { "target-size": { enabled: true } }, resultTypes: ["violations"] };
    const { passes, violations: wrong } = await window.axe.run(how);
    return { looked: passes.map((rule) => rule.id), wrong };
  }, rules);
  const looked = found.looked.includes("color-contrast") ? [] : ["axe-core looked at nothing"];
  const wrong = found.wrong.map(({ id, impact, nodes }) => `${id} (${impact}) ${nodes[0].html}`);
  return [...looked, ...wrong].map((one) => one.slice(0, SHORT));
}

/** Whether things come in the order in which they stand: headings, links, fields and buttons. */
export function order(page) {
  return page.evaluate((short) => {
    const marks = "main h1, main h2, main h3, main h4, a[href], button, input, select, textarea, summary";
    // What stays in sight while the page is scrolled stands where it is put by that alone.
    const isStuck = (one) => one !== null
      && (["sticky", "fixed"].includes(getComputedStyle(one).position) || isStuck(one.parentElement));
    const isSeen = (one) =>
      one.checkVisibility({ visibilityProperty: true }) && !one.matches(".skip") && !isStuck(one);
    const boxes = [...document.querySelectorAll(marks)]
      .filter(isSeen)
      .map((one) => ({ one, box: one.getBoundingClientRect() }))
      .filter(({ one, box }) => box.width > 0 && !one.closest("svg"));
    const name = ({ one }) => (one.textContent.trim() || one.name || one.tagName).slice(0, 40);
    const wrong = [];
    for (let at = 1; at < boxes.length; at += 1) {
      const [before, after] = [boxes[at - 1], boxes[at]];
      const [a, b] = [before.box, after.box];
      const isAbove = b.bottom <= a.top + 1 && b.left < a.right - 1; // a next column begins at the top
      const isLeft = b.right <= a.left + 1 && b.top < a.bottom - 1 && b.bottom > a.top + 1
        && Math.abs((b.top + b.bottom - a.top - a.bottom) / 2) < Math.min(a.height, b.height) / 2;
      if (isAbove || isLeft) wrong.push(`“${name(after)}” comes after “${name(before)}”, and stands before it`.slice(0, short));
    }
    return wrong;
  }, SHORT);
}

/** Whether the page is no wider than the window. */
export async function width(page) {
  const [has, may] = await page.evaluate(() => [document.scrollingElement.scrollWidth, window.innerWidth]);
  if (has <= may) return [];
  const widest = await page.evaluate((limit) => {
    const isCut = (one) => one.matches("body *")
      && (getComputedStyle(one).overflowX !== "visible" || isCut(one.parentElement));
    const isWide = (one) => one.getBoundingClientRect().left + one.scrollWidth > limit + 1;
    const wide = [...document.querySelectorAll("body *")].filter((one) => isWide(one) && !isCut(one));
    return wide.find((one) => !wide.some((other) => one !== other && one.contains(other)))?.outerHTML.slice(0, 120) ?? "";
  }, may);
  return [`${has} px wide in a window of ${may}: ${widest}`];
}

/** Whether anything moves although the person wants nothing to. */
export function motion(page) {
  return page.evaluate(() => {
    const moves = (one) => {
      const { animationName, animationDuration, transitionDuration, scrollBehavior } = getComputedStyle(one);
      const lasts = (text) => text.split(",").some((part) => parseFloat(part) > 0);
      return (animationName !== "none" && lasts(animationDuration)) || lasts(transitionDuration) || scrollBehavior === "smooth";
    };
    return [...document.querySelectorAll("*")].filter(moves).map((one) => `${one.outerHTML.slice(0, 90)} moves`).slice(0, 3);
  });
}

/** Whether the answers that a person may give to somebody who asks are of the same size. */
export function weight(page, names) {
  return page.evaluate((wanted) => {
    const named = (name) => [...document.querySelectorAll("button")].find((one) => one.textContent.trim() === name);
    const buttons = wanted.map(named);
    if (buttons.every((one) => one === undefined)) return [];
    const sizes = buttons.map((one) => (one ? one.getBoundingClientRect() : { width: 0, height: 0 }))
      .map((box) => `${box.width.toFixed(1)} × ${box.height.toFixed(1)}`);
    const fonts = buttons.map((one) => one && getComputedStyle(one).font + getComputedStyle(one).color + getComputedStyle(one).backgroundColor);
    const same = new Set(sizes).size === 1 && new Set(fonts).size === 1;
    return same ? [] : [`the answers weigh differently: ${sizes.join(", ")} ${new Set(fonts).size > 1 ? "and look so" : ""}`];
  }, names);
}

const LEAST_APART = 3; // pixels, between two buttons

/** Whether buttons stand so close that they look like one. */
export function touching(page) {
  return page.evaluate((least) => {
    const boxes = [...document.querySelectorAll("main button, main a.button")]
      .filter((one) => one.checkVisibility({ visibilityProperty: true }))
      .map((one) => ({ name: one.textContent.trim().slice(0, 40), box: one.getBoundingClientRect() }));
    const apart = (a, b) => Math.max(b.left - a.right, a.left - b.right, b.top - a.bottom, a.top - b.bottom);
    return boxes.flatMap((one, at) => boxes.slice(at + 1)
      .filter((other) => apart(one.box, other.box) < least)
      .map((other) => `${one.name} and ${other.name} touch`));
  }, LEAST_APART);
}

const MOST_STEPS = 90; // presses of Tab: a long table has a link in each row, all of one kind
const TAB = { type: "rawKeyDown", key: "Tab", code: "Tab", windowsVirtualKeyCode: 9 };

/** Whether the keyboard alone comes to everything in its order, and one sees where it is. */
export async function keyboard(page) {
  const wanted = await page.evaluate((most) => {
    const marks = "a[href], button, input:not([type=hidden]), select, textarea, summary";
    const isOne = (one) => {
      if (one.disabled || !one.checkVisibility({ visibilityProperty: true }) || one.tabIndex < 0) return false;
      if (one.type !== "radio") return true;
      const group = [...document.querySelectorAll(`input[type=radio][name="${CSS.escape(one.name)}"]`)]
        .filter((other) => other.form === one.form);
      return one === (group.find((other) => other.checked) ?? group[0]);
    };
    const tabbed = [...document.querySelectorAll(marks)].filter((one) => one.matches(".skip") || isOne(one));
    window.scrollTo(0, 0);
    window.judgedSteps = [];
    document.addEventListener("focusin", ({ target }) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(target);
      const box = target.getBoundingClientRect();
      const isInside = box.bottom > 0 && box.top < window.innerHeight && box.right > 0 && box.left < window.innerWidth;
      const isSeen = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && isInside;
      window.judgedSteps.push({ at: tabbed.indexOf(target), isSeen, what: target.outerHTML.slice(0, 90) });
    });
    return Math.min(tabbed.length, most);
  }, MOST_STEPS);
  // All presses at once: what would be drawn between two of them, nobody looks at.
  const session = await page.context().newCDPSession(page);
  const press = () => session.send("Input.dispatchKeyEvent", TAB);
  await Promise.all(Array.from({ length: wanted + 8 }, press));
  await session.detach();
  const steps = await page.evaluate(() => window.judgedSteps);
  const hidden = steps.filter(({ isSeen }) => !isSeen).map(({ what }) => `nobody sees that the focus is on ${what}`);
  const places = steps.map(({ at }) => at).filter((at) => at >= 0 && at < wanted);
  const round = places.indexOf(0, 1);
  const once = round > 0 ? places.slice(0, round) : places;
  const missed = [...Array(wanted).keys()].filter((at) => !once.includes(at));
  const back = once.findIndex((at, index) => index > 0 && at < once[index - 1]);
  return [
    ...hidden.slice(0, 2),
    ...(missed.length ? [`Tab does not come to ${missed.length} of ${wanted} (the first: number ${missed[0] + 1})`] : []),
    ...(back > 0 ? [`Tab goes back at step ${back + 1}`] : []),
    ...(steps[0]?.at === 0 ? [] : ["the first press of Tab does not come to the way past the menu"]),
  ];
}
