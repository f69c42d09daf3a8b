// Saves a form page in the background while one types, so that nothing is lost with the power or the connection. The page works without it.
const PAUSE_MS = 2000;

for (const form of document.querySelectorAll("form[data-autosave]")) watch(form);

// A page taken from the browser's memory after "back" does not know what was saved since.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

function watch(form) {
  const status = form.querySelector("[role=status][data-saved]");
  let timer = 0;
  let stopped = false;
  let sending = false;

  async function save() {
    if (stopped) return;
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "error" });
      if (answer.ok) {
        const { seen } = await answer.json();
        form.elements._seen.value = seen;
        if (status) status.textContent = `${status.dataset.saved} ${new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}`;
      } else if (answer.status === 409) {
        stopped = true;
        if (status) status.textContent = status.dataset.stale;
      }
    } catch {
      // No connection, or signed out: what is typed stays on the page, and sending the form tells what is the matter.
    }
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(() => { saving = save(); }, PAUSE_MS);
  }

  // The form waits for a save that is under way, since that one changes the version it carries.
  let saving = Promise.resolve();
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    event.preventDefault();
    if (sending) return;
    sending = true;
    stopped = true;
    saving.finally(() => {
      form.submit();
      // Should the connection fail, the form can be sent again.
      setTimeout(() => { sending = false; }, 3000);
    });
  });
}
