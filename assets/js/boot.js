// First script of the body: says that scripts run, before the content is shown, so that components do not jump.
document.body.className += " js-enabled" + ("noModule" in HTMLScriptElement.prototype ? " govuk-frontend-supported" : "");
