// A server that was restarted knows nothing of this page's circuit: only a fresh page can go on. Waits until there is a server to ask.
const state = document.getElementById("components-reconnect-modal");

async function loadAgain() {
  for (;;) {
    try {
      if ((await fetch("/healthz", { cache: "no-store" })).ok) {
        location.reload();
        return;
      }
    } catch {
      // No server yet.
    }
    await new Promise(done => setTimeout(done, 1000));
  }
}

state?.addEventListener("components-reconnect-state-changed", event => {
  if (event.detail.state === "failed" || event.detail.state === "rejected") {
    loadAgain();
  }
});
