// What the server is asked, with the token that tells it that this page asks.

const TOKEN = document.querySelector('meta[name="review-token"]').content;

/** What the server refused: its message, and `kind`, the name of the error. `kind` is "offline" if nobody answered. */
export class Refused extends Error {
  constructor(message, { status = 0, kind = "offline", problems = [] } = {}) {
    super(message);
    Object.assign(this, { status, kind, problems });
  }
}

const PATIENCE = 15_000; // milliseconds; a plan for all decisions may take longer
const SLOW = ["plan", "apply", "reload"];

export function ask(name, parameters = {}) {
  const query = new URLSearchParams(parameters).toString();
  return answer(`/api/${name}${query ? `?${query}` : ""}`, { signal: AbortSignal.timeout(PATIENCE) });
}

export function send(name, body = {}) {
  const signal = SLOW.includes(name) ? undefined : AbortSignal.timeout(PATIENCE);
  const options = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), signal };
  return answer(`/api/${name}`, options);
}

async function answer(address, options) {
  let response;
  try {
    response = await fetch(address, { ...options, headers: { ...options.headers, "X-Review-Token": TOKEN } });
  } catch {
    throw new Refused("The server does not answer.");
  }
  const data = await response.json().catch(() => ({ error: response.statusText }));
  if (!response.ok) throw new Refused(data.error, { status: response.status, kind: "refused", ...data });
  return data;
}
