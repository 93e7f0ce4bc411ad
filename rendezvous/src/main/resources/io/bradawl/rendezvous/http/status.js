"use strict";

const EVERY = 2000;
const KEPT = 60;

const rates = [];
let last = null;

const element = (id) => document.getElementById(id);

function set(id, text) {
  const target = element(id);
  if (target.textContent !== text) {
    target.textContent = text;
  }
}

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** 1234567 bytes are 1.23 MB. */
function bytes(number) {
  const units = ["B", "kB", "MB", "GB", "TB", "PB"];
  let unit = 0;
  let value = number;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return value.toFixed(digits) + " " + units[unit];
}

function time(seconds) {
  const days = Math.floor(seconds / 86400);
  const hours = Math.floor(seconds / 3600) % 24;
  const minutes = Math.floor(seconds / 60) % 60;
  if (days > 0) {
    return days + " d " + hours + " h";
  }
  if (hours > 0) {
    return hours + " h " + minutes + " min";
  }
  return minutes > 0 ? minutes + " min" : Math.floor(seconds) + " s";
}

/** How much a second since the last look; null before the second look, or after a restart. */
function rate(now, name) {
  if (last === null || now.uptimeMillis <= last.uptimeMillis || now[name] < last[name]) {
    return null;
  }
  return ((now[name] - last[name]) * 1000) / (now.uptimeMillis - last.uptimeMillis);
}

function perSecond(value, format) {
  return value === null ? "\u2013" : format(value);
}

function showState(now) {
  const state = element("state");
  const ready = now.obstacles.length === 0;
  state.className = ready ? "state good" : "state bad";
  set("state", ready ? "Ready" : now.obstacles.join(", ").replaceAll("_", " "));
  set("version", "version " + now.version);
  set("uptime", "up " + time(now.uptimeMillis / 1000));
  document.body.classList.remove("stale");
}

function showPaths(paths) {
  const sum = (counts) => counts.tcp + counts.udp;
  const all = Object.values(paths).reduce((total, counts) => total + sum(counts), 0);
  for (const row of element("paths").tBodies[0].rows) {
    const counts = { tcp: 0, udp: 0 };
    for (const kind of row.dataset.kinds.split(" ")) {
      counts.tcp += paths[kind].tcp;
      counts.udp += paths[kind].udp;
    }
    row.cells[1].textContent = whole.format(counts.tcp);
    row.cells[2].textContent = whole.format(counts.udp);
    row.cells[3].textContent = whole.format(sum(counts));
    row.querySelector(".bar").style.width = all === 0 ? "0" : (100 * sum(counts)) / all + "%";
  }
  set("livePaths", whole.format(all));
  set("relayedShare", all === 0 ? "0 %" : whole.format((100 * sum(paths.relayed)) / all) + " %");
}

function showRelay(now) {
  const relayed = rate(now, "relayedBytes");
  if (relayed !== null) {
    rates.push(relayed);
  }
  rates.splice(0, Math.max(0, rates.length - KEPT));
  const peak = Math.max(0, ...rates);
  const x = (i) => ((KEPT - rates.length + i) * 240) / (KEPT - 1);
  const y = (value) => 78 - (peak === 0 ? 0 : (value / peak) * 74);
  const points = rates.map((value, i) => x(i).toFixed(1) + " " + y(value).toFixed(1));
  if (points.length > 1) {
    const start = x(0).toFixed(1);
    element("line").setAttribute("d", "M" + points.join("L"));
    element("area").setAttribute("d", "M" + start + " 80L" + points.join("L") + "L240 80Z");
  }
  set("relayRate", perSecond(relayed, (value) => bytes(value) + "/s"));
  set("packetRate", perSecond(rate(now, "relayedPackets"), whole.format));
  set("peakRate", bytes(peak) + "/s");
  set("relayedBytes", bytes(now.relayedBytes));
}

function cell(row, text) {
  row.insertCell().textContent = text;
}

function showPeers(now) {
  const named = now.peers.some((peer) => "name" in peer);
  const rows = now.peers.map((peer) => {
    const row = document.createElement("tr");
    const id = document.createElement("th");
    id.scope = "row";
    id.textContent = peer.id + "\u2026";
    row.append(id);
    if (named) {
      cell(row, peer.name || "");
    }
    cell(row, peer.services.join(" ") || "\u2013");
    cell(row, whole.format(peer.direct));
    cell(row, whole.format(peer.relayed));
    cell(row, time(peer.seconds));
    return row;
  });
  element("nameColumn").hidden = !named;
  element("peers").hidden = rows.length === 0;
  element("peers").tBodies[0].replaceChildren(...rows);
  set(
    "peersNote",
    rows.length === 0
      ? "Nobody is registered."
      : rows.length < now.registered
        ? "The newest " + rows.length + " of " + whole.format(now.registered) + "."
        : "All of them, the newest first.",
  );
}

function show(now) {
  showState(now);
  showPaths(now.paths);
  showRelay(now);
  showPeers(now);
  for (const name of [
    "registered",
    "connections",
    "allocations",
    "offersRouted",
    "offersRefused",
    "droppedPackets",
    "rateLimited",
    "clusterNodes",
    "clusterSignals",
    "redisFailures",
  ]) {
    set(name, whole.format(now[name]));
  }
  for (const figure of document.getElementsByClassName("cluster")) {
    figure.hidden = now.clusterNodes === 0 && now.redisFailures === 0;
  }
  set("stunRate", perSecond(rate(now, "stunReplies"), whole.format));
  last = now;
}

function lost() {
  const state = element("state");
  state.className = "state bad";
  set("state", "Not reachable");
  document.body.classList.add("stale");
}

async function look() {
  if (!document.hidden) {
    try {
      const answer = await fetch("/status.json", { cache: "no-store" });
      if (!answer.ok) {
        throw new Error(String(answer.status));
      }
      show(await answer.json());
    } catch (failure) {
      lost();
    }
  }
  setTimeout(look, EVERY);
}

look();
