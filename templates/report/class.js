// Narrows the matrix, and the candidates under it with it. The page is complete without it.
(() => {
  const box = document.getElementById("people-filter");
  const rows = [...document.querySelectorAll("#people tbody tr[data-status]")];
  if (!box || rows.length < 2) return;
  const field = (name) => document.getElementById(`people-${name}`);
  const plain = (text) => text.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase();
  for (const name of ["session", "option"]) {
    const values = new Set(rows.map((row) => row.dataset[name]).filter(Boolean));
    for (const value of [...values].sort()) field(name).append(new Option(value, value));
    field(name).parentElement.hidden = values.size < 2;
  }
  const update = () => {
    const wanted = plain(field("text").value.trim());
    let shown = 0;
    for (const row of rows) {
      const link = row.querySelector("a[href^='#c']");
      const whole = document.getElementById(link.hash.slice(1));
      row.hidden =
        !plain(row.textContent + whole.textContent).includes(wanted) ||
        (field("only").checked && row.dataset.status === "good") ||
        ["session", "option"].some((name) => field(name).value && field(name).value !== row.dataset[name]);
      whole.hidden = row.hidden;
      shown += row.hidden ? 0 : 1;
    }
    field("count").textContent = `${shown} / ${rows.length}`;
  };
  box.addEventListener("input", update);
  box.hidden = false;
  update();
})();
