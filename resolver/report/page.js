"use strict";
(() => {
  const PAGE = 200; // rows shown at once; "show more" adds as many
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const search = document.getElementById("search");
  const found = document.getElementById("found");
  const chosen = { status: new Set(), type: new Set() };
  const tables = [...document.querySelectorAll("section[data-status]")].map((section) => ({
    section,
    limit: PAGE,
    more: section.querySelector(".show-more"),
    rows: [...section.querySelectorAll("tbody tr")].map((row) => ({
      row,
      type: row.dataset.type,
      text: fold(row.textContent),
    })),
  }));

  const isWanted = (entry, words) =>
    (!chosen.type.size || chosen.type.has(entry.type)) && words.every((word) => entry.text.includes(word));

  function filterTable(table, words) {
    let matches = 0;
    for (const entry of table.rows) {
      const wanted = isWanted(entry, words);
      if (wanted) matches += 1;
      entry.row.classList.toggle("off", !wanted);
      entry.row.classList.toggle("later", wanted && matches > table.limit);
    }
    const left = matches - table.limit;
    table.more.hidden = left <= 0;
    table.more.textContent = `Show ${Math.min(left, PAGE)} more of ${left.toLocaleString("en")}`;
    return matches;
  }

  function filter() {
    const words = fold(search.value).split(/\s+/).filter(Boolean);
    const isFiltered = words.length > 0 || chosen.type.size > 0;
    document.documentElement.classList.toggle("searching", words.length > 0); // shows every spelling: one is searched
    let matches = 0;
    for (const table of tables) {
      const isShown = !chosen.status.size || chosen.status.has(table.section.dataset.status);
      const count = isShown ? filterTable(table, words) : 0;
      // With a filter on, a table without a match would only be in the way.
      table.section.hidden = !isShown || (isFiltered && count === 0);
      matches += count;
    }
    const noun = matches === 1 ? "row matches" : "rows match";
    found.textContent = isFiltered ? `${matches.toLocaleString("en")} ${noun}` : "";
  }

  function toggle(button) {
    const values = chosen[button.dataset.filter];
    const isOn = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(isOn));
    if (isOn) values.add(button.dataset.value);
    else values.delete(button.dataset.value);
    filter();
  }

  function unfold(button) {
    const isOpen = button.closest(".pills").classList.toggle("open");
    button.dataset.closed ??= button.textContent;
    button.setAttribute("aria-expanded", String(isOpen));
    button.textContent = isOpen ? "fewer" : button.dataset.closed;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.filter) toggle(button);
    else if (button.classList.contains("more")) unfold(button);
    else if (button.classList.contains("show-more")) {
      tables.find((table) => table.more === button).limit += PAGE;
      filter();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== search) {
      event.preventDefault();
      search.focus();
    } else if (event.key === "Escape" && document.activeElement === search) {
      search.value = "";
      filter();
    }
  });
  let waiting = 0;
  search.addEventListener("input", () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(filter);
  });

  document.documentElement.classList.add("js");
  filter();
})();
