// Says at once that a chosen file is too large or of the wrong kind, in the words the server put on the page. The server decides.
for (const input of document.querySelectorAll("input[type=file][data-size-max-bytes]")) {
  input.addEventListener("change", () => check(input));
}

function check(input) {
  const sizeMax = Number(input.dataset.sizeMaxBytes);
  const accepted = (input.getAttribute("accept") || "").split(",").filter(Boolean).map((part) => part.toLowerCase());
  let sentence = "";
  for (const file of input.files) {
    const extension = "." + (file.name.split(".").pop() || "").toLowerCase();
    if (accepted.length > 0 && !accepted.includes(extension)) sentence = input.dataset.wrongType;
    else if (file.size > sizeMax) sentence = input.dataset.tooLarge;
  }
  show(input, sentence);
}

function show(input, sentence) {
  const id = (input.id || input.name).replace(/-input$/, "") + "-warning";
  let message = document.getElementById(id);
  if (!sentence) {
    if (message) message.remove();
    return;
  }
  if (!message) {
    message = document.createElement("p");
    message.id = id;
    message.className = "govuk-error-message";
    message.setAttribute("role", "alert");
    const place = input.closest(".govuk-file-upload-wrapper, .govuk-drop-zone") || input;
    place.before(message);
  }
  message.textContent = sentence;
}
