// Closes this page when it may no longer be seen. Inzage knows when that is, so the page asks: every few seconds, when
// somebody looks at it again, and at the end that was announced. Whatever is no clear yes closes it.
"use strict";

const EVERY = 5000;
const PATIENCE = 10000; // milliseconds, longer than the application itself waits for Inzage
const LONGEST = 2 ** 31; // what a timer can hold; the next answer sets it anew long before
const main = document.querySelector("main");
const noAnswer = document.querySelector("#no-answer").innerHTML;
let closed = false;
let asking = false;
let ending;

// Open for so many seconds (null: no end in sight), counted from before they were: rather too short than too long.
function openFor(seconds, since) {
  clearTimeout(ending);
  const left = seconds === null ? LONGEST : seconds * 1000 - (performance.now() - since);
  main.hidden = !(left > 0);
  if (left < LONGEST) ending = setTimeout(coverAndAsk, left);
}

function close(instead) {
  closed = true;
  clearTimeout(ending);
  main.innerHTML = instead;
  main.hidden = false;
  const heading = main.querySelector("h1");
  document.title = heading.textContent;
  heading.focus();
}

async function ask() {
  if (closed || asking) return;
  asking = true;
  const since = performance.now();
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    const response = await fetch(main.dataset.stillOpen, { cache: "no-store", redirect: "error", signal });
    const said = await response.json();
    if (response.ok && said.open === true) openFor(said.seconds, since);
    else close(said.instead ?? noAnswer);
  } catch {
    close(noAnswer);
  }
  asking = false;
}

// Until the answer is there, nothing is to be seen.
function coverAndAsk() {
  if (closed) return;
  main.hidden = true;
  ask();
}

openFor("seconds" in main.dataset ? Number(main.dataset.seconds) : null, 0);
setInterval(() => document.hidden || ask(), EVERY);
document.addEventListener("visibilitychange", () => document.hidden || coverAndAsk());
window.addEventListener("pageshow", (event) => event.persisted && coverAndAsk());
