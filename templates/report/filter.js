// Narrows the list of files. The page is complete without it.
(() => {
  const box = document.getElementById("filter");
  const rows = [...document.querySelectorAll("#list tbody tr[data-status]")];
  if (!box || rows.length < 2) return;
  const search = document.getElementById("filter-text");
  const only = document.getElementById("filter-only");
  const count = document.getElementById("filter-count");
  const plain = (text) => text.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase();
  const update = () => {
    const wanted = plain(search.value.trim());
    let shown = 0;
    for (const row of rows) {
      row.hidden = !plain(row.textContent).includes(wanted) || (only.checked && row.dataset.status === "read");
      shown += row.hidden ? 0 : 1;
    }
    count.textContent = `${shown} / ${rows.length}`;
  };
  search.addEventListener("input", update);
  only.addEventListener("change", update);
  box.hidden = false;
  update();
})();
