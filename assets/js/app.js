// On every page: the behaviour of the components, and the service worker. Every page works without it.
import { initAll } from "/assets/vendor/govuk-frontend/6.6.0/govuk-frontend.min.js";

initAll();

// The radio role has no aria-expanded (WAI-ARIA 1.2); what a choice reveals is next in reading order anyway.
function dropExpandedOfRadios() {
  for (const radio of document.querySelectorAll("input[type=radio][aria-expanded]")) radio.removeAttribute("aria-expanded");
}
dropExpandedOfRadios();
document.addEventListener("click", () => queueMicrotask(dropExpandedOfRadios));
window.addEventListener("pageshow", dropExpandedOfRadios);

// White space between the visible parts of these buttons, so that what is read out holds what is seen (WCAG 2.5.3).
for (const divider of document.querySelectorAll(".govuk-accordion__section-heading-divider, .govuk-file-upload-button > .govuk-visually-hidden")) {
  divider.after(" ");
}

if ("serviceWorker" in navigator && window.isSecureContext) {
  navigator.serviceWorker.register("/sw.js").catch(() => {
    // Offline help is an extra; a refusal of the browser changes nothing on the page.
  });
}
