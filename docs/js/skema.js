// The form of the landing page. Without this it is sent as forms always were; with it nothing typed is
// lost when the receiver is slow, broken or gone, and nothing is sent twice.
const PATIENCE = 20000; // milliseconds, where the form says nothing else

for (const form of document.querySelectorAll("form[data-skema]")) {
  const status = form.querySelector("[role=status]");
  const button = form.querySelector("button");
  const elsewhere = document.querySelector("[data-andre-veje]");
  let sending = false;
  let dirty = false;

  const say = (text, kind) => {
    status.textContent = text;
    status.dataset.slags = kind;
    status.focus();
  };
  const mark = (field, wrong) => {
    field.setAttribute("aria-invalid", String(wrong));
    form.querySelector(`#fejl-${field.name}`)?.classList.toggle("vis", wrong);
  };
  const fields = [...form.elements].filter((field) => field.id && field.willValidate && !field.closest("[hidden]"));
  const named = (names) => {
    const wrong = fields.filter((field) => names.includes(field.name));
    fields.forEach((field) => mark(field, wrong.includes(field)));
    if (wrong.length) {
      say(wrong.length === 1 ? "Et felt skal ses efter." : `${wrong.length} felter skal ses efter.`, "fejl");
      wrong[0].focus();
    }
    return wrong.length > 0;
  };
  const failed = (text) => {
    say(`${text} Det, du har skrevet, står her endnu.`, "fejl");
    if (elsewhere) elsewhere.hidden = false;
  };
  const answer = async (response) => {
    const isJson = (response.headers.get("content-type") || "").includes("json");
    const told = isJson ? await response.json().catch(() => null) : null;
    if (!isJson) response.body?.cancel().catch(() => {}); // it may be anything, and of any length
    const body = told && typeof told === "object" && !Array.isArray(told) ? told : null;
    const errors = body?.errors;
    const names = Array.isArray(errors) ? errors.map((error) => error?.field) : Object.keys(errors || {});
    if (names.length && named(names.map(String))) return;
    const refused = body?.ok === false || body?.success === false || body?.error;
    if (response.ok && body && !names.length && !refused) {
      dirty = false;
      form.reset();
      for (const part of [...form.children]) if (part !== status) part.hidden = true;
      say("Tak. Din besked er sendt.", "sendt");
    } else if (response.status === 404 || response.status === 410) {
      failed("Formularen tager ikke imod længere.");
    } else if (response.ok && !refused) {
      failed("Svaret var ikke til at forstå, så vi ved ikke, om beskeden er kommet frem.");
    } else {
      failed("Formularen virker ikke lige nu. Beskeden er ikke sendt. Prøv igen om lidt.");
    }
  };

  form.noValidate = true;
  form.elements.nummer.value = crypto.randomUUID?.() ?? String(Date.now());
  form.addEventListener("input", (event) => {
    dirty = true;
    if (event.target.validity?.valid) mark(event.target, false);
  });
  window.addEventListener("beforeunload", (event) => {
    if (dirty) event.preventDefault();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (sending || named(fields.filter((field) => !field.validity.valid).map((field) => field.name))) return;
    sending = true;
    button.setAttribute("aria-disabled", "true");
    say("Sender …", "venter");
    try {
      await answer(
        await fetch(form.action, {
          method: "POST",
          body: new URLSearchParams(new FormData(form)), // as the form itself would send it
          headers: { Accept: "application/json" },
          credentials: "omit",
          referrerPolicy: "no-referrer",
          signal: AbortSignal.timeout(Number(form.dataset.patience) || PATIENCE),
        }),
      );
    } catch {
      failed("Der kom intet svar, så vi ved ikke, om beskeden er kommet frem.");
    }
    sending = false;
    button.removeAttribute("aria-disabled");
  });
}
