"use strict";
// Sorts and searches the table of all submissions, and opens what is folded before the page is printed.
const folded = () => [...document.querySelectorAll("details:not([open])")];
let opened = [];
addEventListener("beforeprint", () => { opened = folded(); opened.forEach((one) => { one.open = true; }); });
addEventListener("afterprint", () => { opened.forEach((one) => { one.open = false; }); });

const unfold = () => { // what a link leads to is to be read
  const target = document.getElementById(location.hash.slice(1));
  target?.querySelectorAll("details").forEach((one) => { one.open = true; });
};
addEventListener("hashchange", unfold);
unfold();

const table = document.getElementById("submissions");
if (table) {
  const body = table.tBodies[0], heads = [...table.tHead.rows[0].cells], atOnce = Number(table.dataset.rows);
  const more = document.getElementById("more");
  const rows = [...body.rows, ...(more ? more.content.querySelectorAll("tr") : [])];
  const total = rows.length, texts = new Map(), keys = new Map();
  const search = document.getElementById("search"), shown = document.getElementById("shown");
  const before = document.getElementById("before"), after = document.getElementById("after");
  const words = new Intl.Collator("en", { numeric: true });
  let order = rows, found = rows, first = 0;

  const spoken = (words) => words.toLowerCase().replaceAll("_", " "); // an underlined underscore looks like a space
  const text = (row) => {
    if (!texts.has(row)) texts.set(row, spoken(row.textContent));
    return texts.get(row);
  };
  const column = (index) => {
    if (!keys.has(index)) {
      const numbers = "numbers" in heads[index].dataset;
      const key = (row) => numbers ? parseFloat(row.cells[index].textContent) : row.cells[index].textContent.trim();
      keys.set(index, new Map(rows.map((row) => [row, key(row)])));
    }
    return keys.get(index);
  };
  const none = (key) => key === "" || Number.isNaN(key);
  const show = () => {
    const last = Math.min(first + atOnce, found.length);
    body.replaceChildren(...found.slice(first, last));
    const of = found.length < total ? `${found.length.toLocaleString("en")} found of ${total.toLocaleString("en")}` : `${total.toLocaleString("en")} submissions`;
    shown.textContent = found.length === 0 ? `None found of ${total.toLocaleString("en")}` :
      found.length <= atOnce ? of : `${(first + 1).toLocaleString("en")} to ${last.toLocaleString("en")} of ${of}`;
    before.disabled = first === 0;
    after.disabled = last >= found.length;
    before.parentElement.hidden = found.length <= atOnce;
  };
  const filter = () => {
    const wanted = spoken(search.value.trim());
    found = wanted ? order.filter((row) => text(row).includes(wanted)) : order;
    first = 0;
    show();
  };
  heads.forEach((head, index) => head.firstElementChild.addEventListener("click", () => {
    const numbers = "numbers" in head.dataset, was = head.getAttribute("aria-sort");
    const up = was ? was === "descending" : !numbers;
    heads.forEach((one) => one.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    const key = column(index), sign = up ? 1 : -1;
    order = [...rows].sort((a, b) => {
      const x = key.get(a), y = key.get(b);
      if (none(x) || none(y)) return none(x) - none(y); // what has none comes last, either way
      return sign * (typeof x === "number" ? x - y : words.compare(x, y));
    });
    filter();
  }));
  search.addEventListener("input", filter);
  before.addEventListener("click", () => { first = Math.max(first - atOnce, 0); show(); });
  after.addEventListener("click", () => { first += atOnce; show(); });
  document.querySelector(".controls").hidden = false;
  show();
}
