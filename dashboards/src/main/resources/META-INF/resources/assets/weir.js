"use strict";

const REFRESH_MILLIS = 5000;
const main = document.getElementById("main");
const freshness = document.getElementById("freshness");
let shown = "";

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

function table(caption, heads, rows) {
  const head = element("tr", {}, heads.map((h, i) =>
    element("th", { scope: "col", class: (rows[0] && rows[0][i][1]) || "" }, h)));
  const body = rows.map((cells) =>
    element("tr", {}, cells.map(([content, kind], i) =>
      element("td", { class: kind || "", "data-label": heads[i] }, content))));
  return element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    element("table", { class: "stack" }, element("caption", {}, caption),
      element("thead", {}, head), element("tbody", {}, body)));
}

function gates(version) {
  if (version.gates.length === 0) {
    return null;
  }
  const rows = version.gates.map((g) => [
    [g.gate + (g.group ? " (" + g.group + ")" : "")],
    [badge(g.answer)],
    [number(g.value), "number"],
    ["[" + number(g.lower) + ", " + number(g.upper) + "]", "number"],
    [g.tolerance],
    [String(g.n), "number"],
    [g.severity.toLowerCase()],
  ]);
  const heads = ["Gate", "Answer", "Measured", "Interval", "Tolerance", "Rows", "Severity"];
  const title = version.gates.length === 1 ? "1 gate" : version.gates.length + " gates";
  return element("details", { "data-key": "gates-" + version.version },
    element("summary", {}, title),
    table("Gates of version " + version.version, heads, rows));
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

function versions(list) {
  if (list.length === 0) {
    return element("p", { class: "empty" }, "No version yet: the first one comes when enough labelled events have arrived.");
  }
  const heads = ["Version", "Role", "Verdict", "Why", "Training energy", "Since"];
  const rows = list.map((v) => [
    ["v" + v.version],
    [role(v)],
    [badge(v.verdict)],
    [[v.reasons.join("; ") || v.changeReason || "–", gates(v)], "reason"],
    [joules(v), "number"],
    [time(v.since)],
  ]);
  return table("Versions, newest first", heads, rows);
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

function factsOf(decision) {
  const facts = decision.facts || {};
  return ["change", "verdict", "version", "reason"]
    .filter((key) => facts[key] !== undefined && facts[key] !== null && typeof facts[key] !== "object")
    .map((key) => (key === "version" ? "v" + facts[key] : String(facts[key])))
    .join(" · ") || "–";
}

function decisions(chain) {
  if (chain.decisions.length === 0) {
    return [chainStatus(chain), element("p", { class: "empty" }, "Nothing was decided yet.")];
  }
  const heads = ["Index", "Time", "What", "Facts", "By", "Request", "Hash"];
  const rows = chain.decisions.map((d) => [
    [String(d.index)],
    [time(d.at)],
    [d.kind],
    [factsOf(d), "reason"],
    [d.actor],
    [element("code", {}, d.requestId)],
    [element("code", { title: d.hash }, d.hash.slice(0, 12))],
  ]);
  const log = table("Decisions, in the order of the ledger", heads, rows);
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
  const response = await fetch(path, { headers: { accept: "application/json" } });
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

function draw(sections) {
  const open = new Set([...main.querySelectorAll("details[open]")].map((d) => d.dataset.key));
  main.replaceChildren(...sections.map(({ model, list, chain }) =>
    element("section", { class: "model" },
      element("h2", {}, model.name), facts(model),
      model.lastAlarm ? element("p", { class: "small" }, "Last alarm: " + model.lastAlarm) : null,
      element("h3", {}, "Versions"), versions(list),
      element("h3", {}, "Decision log"), decisions(chain))));
  main.querySelectorAll("details").forEach((d) => { d.open = open.has(d.dataset.key); });
  if (sections.length === 0) {
    main.replaceChildren(element("p", { class: "empty" }, "No model yet: start one with a weir.yaml, and its events."));
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
    freshness.textContent = "Read at " + new Date().toISOString().slice(11, 19) + " UTC.";
  } catch (problem) {
    freshness.textContent = "Not read: " + problem.message + ".";
    if (!shown) {
      main.replaceChildren(element("p", { class: "error", role: "alert" }, "Cannot read the audit log: " + problem.message + "."));
    }
  }
  main.removeAttribute("aria-busy");
  setTimeout(refresh, REFRESH_MILLIS);
}

refresh();
