// On every page: the behaviour of the components, and the service worker. Every page works without it.
import { initAll } from "/assets/vendor/govuk-frontend/6.6.0/govuk-frontend.min.js";

initAll();

if ("serviceWorker" in navigator && window.isSecureContext) {
  navigator.serviceWorker.register("/sw.js").catch(() => {
    // Offline help is an extra; a refusal of the browser changes nothing on the page.
  });
}
