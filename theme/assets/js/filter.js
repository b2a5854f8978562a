/**
 * Filters over a finished table: every row is there without this script. A form with
 * `data-sc-filter` names the table; its fields match `data-f-…` of the rows. What is chosen
 * stands in the address, so that a filtered list can be sent to somebody.
 */
(() => {
  "use strict";

  for (const form of document.querySelectorAll("form[data-sc-filter]")) {
    const table = document.getElementById(form.dataset.scFilter);
    if (!table) continue;
    const fields = [...form.querySelectorAll("select, input")];
    const rows = [...table.querySelectorAll("[data-row]")];
    const count = form.querySelector("[data-sc-count]");

    const chosen = (field) => (field.type === "checkbox" && !field.checked ? "" : field.value);
    const fits = (row) => fields.every((field) => {
      const wanted = chosen(field);
      return !wanted || row.getAttribute(`data-f-${field.name}`) === wanted;
    });

    const apply = () => {
      for (const row of rows) row.hidden = !fits(row);
      for (const body of table.tBodies) {
        body.hidden = !body.querySelector("[data-row]:not([hidden])");
      }
      if (count) count.textContent = String(rows.filter((row) => !row.hidden).length);
    };

    const remember = () => {
      const query = new URLSearchParams();
      for (const field of fields) {
        if (chosen(field)) query.set(field.name, chosen(field));
      }
      const text = query.toString();
      window.history.replaceState(null, "", text ? `?${text}${location.hash}` : location.pathname + location.hash);
    };

    const asked = new URLSearchParams(location.search);
    for (const field of fields) {
      const wanted = asked.get(field.name);
      if (wanted === null) continue;
      if (field.type === "checkbox") field.checked = wanted === field.value;
      else if ([...field.options].some((option) => option.value === wanted)) field.value = wanted;
    }
    form.hidden = false;
    apply();
    form.addEventListener("change", () => { apply(); remember(); });
    form.addEventListener("reset", () => setTimeout(() => { apply(); remember(); }));
    form.addEventListener("submit", (event) => event.preventDefault());
  }
})();
