"use strict";

const REFRESH_MILLIS = 5000;
const main = document.getElementById("main");
const freshness = document.getElementById("freshness");
const LONG = 120;
let shown = "";
let readAt = "";

const VERDICTS = {
  PASS: ["✔", "PASS", "pass"],
  BLOCK: ["✖", "BLOCKED", "block"],
  INSUFFICIENT_EVIDENCE: ["?", "INSUFFICIENT EVIDENCE", "unsure"],
};

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  Object.entries(attributes || {}).forEach(([key, value]) => made.setAttribute(key, value));
  children.flat().forEach((child) => {
    if (child !== null && child !== undefined) {
      made.append(child);
    }
  });
  return made;
}

function badge(verdict) {
  const [icon, word, kind] = VERDICTS[verdict] || ["–", "not audited", "none"];
  const mark = element("span", { "aria-hidden": "true" }, icon + " ");
  return element("span", { class: "badge " + kind }, mark, word);
}

function age(millis) {
  const steps = [[86400000, "d"], [3600000, "h"], [60000, "min"], [1000, "s"]];
  const [size, unit] = steps.find(([size]) => millis >= size) || [1000, "s"];
  return Math.max(0, Math.floor(millis / size)) + " " + unit;
}

function time(text) {
  if (!text) {
    return "–";
  }
  const date = new Date(text);
  const iso = date.toISOString();
  return element(
    "time",
    { datetime: iso, title: age(Date.now() - date.getTime()) + " ago", class: "time" },
    iso.slice(0, 10) + " " + iso.slice(11, 16) + " UTC");
}

function number(value) {
  return typeof value === "number" ? Number(value.toPrecision(4)).toString() : "–";
}

function fixed(value) {
  return typeof value === "number" ? value.toFixed(3).replace(/^-0\.000$/, "0.000") : "undefined";
}

/** Rows are lists of [content, class]; a row of one cell spans the table. */
function table(caption, heads, rows, kind) {
  const head = element("tr", {}, heads.map((h, i) =>
    element("th", { scope: "col", class: (rows[0] && rows[0][i][1]) || "" }, h)));
  const cell = ([content, name], i) => element("td", { class: name || "", "data-label": heads[i] }, content);
  const wide = ([content]) => element("td", { colspan: heads.length, class: "wide" }, content);
  const body = rows.map((cells) => element("tr", {}, cells.length === 1 ? wide(cells[0]) : cells.map(cell)));
  return element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption, "data-key": caption },
    element("table", { class: kind || "stack" }, element("caption", {}, caption),
      element("thead", {}, head), element("tbody", {}, body)));
}

function gateTable(version, gates, caption, isJudged) {
  const order = { BLOCK: 0, INSUFFICIENT_EVIDENCE: 1, PASS: 2 };
  const sorted = isJudged ? [...gates].sort((a, b) => order[a.answer] - order[b.answer]) : gates;
  const rows = sorted.map((g) => [
    [g.gate], [g.group],
    ...(isJudged ? [[badge(g.answer)]] : []),
    [fixed(g.value), "number"],
    [g.value === null ? "–" : "[" + fixed(g.lower) + ", " + fixed(g.upper) + "]", "number"],
    ...(isJudged ? [[g.tolerance, "limit"]] : []),
    [String(g.n), "number"],
    ...(isJudged ? [[g.rowsNeeded === null ? "–" : String(g.rowsNeeded), "number"]] : []),
  ]);
  const heads = isJudged
    ? ["Gate", "Group", "Answer", "Measured", "Interval", "Limit", "Rows", "Rows still needed"]
    : ["Gate", "Group", "Measured", "Interval", "Rows"];
  return table(caption + " v" + version.version, heads, rows, "plain");
}

function gates(name, version) {
  if (version.gates.length === 0) {
    return [];
  }
  const kinds = [
    ["BLOCK", "Gates that decide on", true],
    ["WARN", "Gates that warn and decide nothing on", true],
    ["REPORT", "Figures that are reported of", false],
  ].map(([severity, caption, isJudged]) => [version.gates.filter((g) => g.severity === severity), caption, isJudged])
    .filter(([found]) => found.length > 0);
  const failing = (severity, words) => {
    const n = version.gates.filter((g) => g.severity === severity && g.answer !== "PASS").length;
    return n > 0 ? ", " + n + " " + words : "";
  };
  const key = name + "-gates-" + version.version;
  const details = element("details", { "data-key": key },
    element("summary", { "data-key": key + "-summary" },
      "All " + version.gates.length + " findings on v" + version.version
      + failing("BLOCK", "that decide not passed") + failing("WARN", "with a warning")),
    kinds.map(([found, caption, isJudged]) => gateTable(version, found, caption, isJudged)));
  return [[[details]]];
}

function why(version) {
  if (version.reasons.length > 0) {
    return element("ul", { class: "reasons" }, version.reasons.map((r) => element("li", {}, r)));
  }
  return version.changeReason || "–";
}

function joules(version) {
  if (typeof version.joules !== "number") {
    return "–";
  }
  const method = version.energyMethod || "method unknown";
  return [number(version.joules) + " J ", element("span", { class: "small" }, method)];
}

function role(version) {
  const words = { champion: "★ champion", challenger: "◐ in shadow" };
  const word = words[version.role] || (version.promoted ? "was champion" : "–");
  const change = version.change ? version.change.replace("_", " ").toLowerCase() : "";
  return [word, element("span", { class: "small" }, change)];
}

function versions(name, list) {
  if (list.length === 0) {
    return element("p", { class: "empty" }, "No version yet: the first one comes when enough labelled events have arrived.");
  }
  const heads = ["Version", "Role", "Verdict", "Why", "Training energy", "Since"];
  const rows = list.flatMap((v) => [[
    [["v" + v.version, element("span", { class: "small" }, v.requestId)]],
    [role(v)],
    [badge(v.verdict)],
    [why(v), "reason"],
    [joules(v), "number"],
    [time(v.since)],
  ], ...gates(name, v)]);
  return table("Versions of " + name + ", newest first", heads, rows);
}

function chainStatus(chain) {
  if (chain.broken) {
    return element("p", { class: "error", role: "alert" },
      element("strong", {}, "✖ Hash chain broken: "), chain.broken);
  }
  const records = chain.records === 1 ? "1 record" : chain.records + " records";
  return element("p", { class: "chain" }, element("span", { class: "badge pass" },
    element("span", { "aria-hidden": "true" }, "✔ "), "Hash chain intact"), ", " + records + " verified"
    + (chain.dropped > 0 ? "; the first " + chain.dropped + " decisions are on the ledger only" : "") + ".");
}

function factsOf(name, decision) {
  const facts = decision.facts || {};
  const text = ["change", "verdict", "version", "reason"]
    .filter((key) => facts[key] !== undefined && facts[key] !== null && typeof facts[key] !== "object")
    .map((key) => (key === "version" ? "v" + facts[key] : String(facts[key])))
    .join(" · ") || "–";
  if (text.length <= LONG) {
    return text;
  }
  const key = name + "-facts-" + decision.index;
  return element("details", { "data-key": key },
    element("summary", { "data-key": key + "-summary" }, text.slice(0, LONG) + "…"), text);
}

function decisions(name, chain) {
  if (chain.decisions.length === 0) {
    return [chainStatus(chain), element("p", { class: "empty" }, "Nothing was decided yet.")];
  }
  const heads = ["Index", "Time", "What", "Facts", "By", "Request", "Hash"];
  const rows = [...chain.decisions].reverse().map((d) => [
    [String(d.index)],
    [time(d.at)],
    [d.kind],
    [factsOf(name, d), "reason"],
    [d.actor],
    [element("code", {}, d.requestId)],
    [element("code", { title: d.hash }, d.hash.slice(0, 12))],
  ]);
  const log = table("Decisions on " + name + ", newest first", heads, rows);
  log.classList.add("log");
  return [chainStatus(chain), log];
}

function facts(model) {
  const pair = (term, value) => element("div", {}, element("dt", {}, term), element("dd", {}, value));
  return element("dl", { class: "facts" },
    pair("Champion", model.champion ? "v" + model.champion : "none yet"),
    pair("In shadow", model.challenger ? "v" + model.challenger : "–"),
    pair("Last verdict", badge(model.lastVerdict)),
    pair("Serves since", time(model.since)),
    pair("Trainings asked for", String(model.requests)),
    pair("Failed jobs", String(model.failures)),
    pair("Alarms", String(model.alarms)));
}

async function get(path) {
  const response = await fetch(path, { headers: { accept: "application/json" } })
    .catch(() => { throw new Error("the server does not answer"); });
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw new Error(problem.detail || "the server answered " + response.status);
  }
  return response.json();
}

async function section(model) {
  const base = "api/models/" + encodeURIComponent(model.name);
  const [list, chain] = await Promise.all([get(base + "/versions"), get(base + "/decisions")]);
  return { model, list, chain };
}

function keyed(key) {
  return [...main.querySelectorAll("[data-key]")].find((e) => e.dataset.key === key);
}

/** Draws everything anew; what was open, scrolled or focused stays so. */
function draw(sections) {
  const open = new Set([...main.querySelectorAll("details[open]")].map((d) => d.dataset.key));
  const scrolled = [...main.querySelectorAll(".scroll")].map((e) => [e.dataset.key, e.scrollLeft, e.scrollTop]);
  const focused = document.activeElement && document.activeElement.dataset.key;
  main.replaceChildren(...sections.map(({ model, list, chain }) =>
    element("section", { class: "model", "aria-label": model.name },
      element("h2", {}, model.name), facts(model),
      model.lastAlarm ? element("p", { class: "small" }, "Last alarm: " + model.lastAlarm) : null,
      element("h3", {}, "Versions"), versions(model.name, list),
      element("h3", {}, "Decision log"), decisions(model.name, chain))));
  main.querySelectorAll("details").forEach((d) => { d.open = open.has(d.dataset.key); });
  scrolled.forEach(([key, left, top]) => { const e = keyed(key); if (e) { e.scrollTo(left, top); } });
  if (focused && keyed(focused)) {
    keyed(focused).focus({ preventScroll: true });
  }
  if (sections.length === 0) {
    main.replaceChildren(element("p", { class: "empty" }, "No model yet: start one with a weir.yaml, and its events."));
  }
}

function tellStale(problem) {
  freshness.className = "stale";
  freshness.textContent = readAt
    ? "✖ Stale: read last at " + readAt + "; since then: " + problem.message + "."
    : "✖ Not read: " + problem.message + ".";
  if (!shown) {
    main.replaceChildren(element("p", { class: "error", role: "alert" },
      "Cannot read the audit log: " + problem.message + ". It is tried again every "
      + REFRESH_MILLIS / 1000 + " seconds."));
  }
}

async function refresh() {
  try {
    const sections = await Promise.all((await get("api/models")).map(section));
    const text = JSON.stringify(sections);
    if (text !== shown) {
      draw(sections);
      shown = text;
    }
    readAt = new Date().toISOString().slice(11, 19) + " UTC";
    freshness.className = "";
    freshness.textContent = "Read at " + readAt + ".";
  } catch (problem) {
    tellStale(problem);
  }
  main.removeAttribute("aria-busy");
  setTimeout(refresh, REFRESH_MILLIS);
}

refresh();
